"""The estimators are ordinary citizens of scikit-learn."""

import warnings

from sklearn.utils.estimator_checks import parametrize_with_checks

from nnlib.estimators import MLPClassifier, MLPRegressor


@parametrize_with_checks([MLPClassifier(max_iter=100), MLPRegressor(max_iter=100)])
def test_estimator_checks(estimator, check):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        check(estimator)
