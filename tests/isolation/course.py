"""A course of one function: what the trusted process of these tests starts with."""


class Wrong(Exception):
    def record(self):
        return {"verdict": "incorrect", "said": str(self)}


def prepare(emit, settings):
    def show(text):
        emit({"output_type": "display_data", "data": {"text/plain": text}, "metadata": {}})

    return {"show": show, "settings": settings, "Wrong": Wrong}
