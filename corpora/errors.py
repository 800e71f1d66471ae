"""What can be wrong with a file of names."""


class CorpusError(ValueError):
    """A file that cannot be a corpus: `what` is wrong, what is `allowed`, and what to `do`.

    >>> str(CorpusError("names.txt is empty", "a file has one name a line", "add some names"))
    'names.txt is empty; a file has one name a line; add some names'
    """

    def __init__(self, what: str, allowed: str, do: str):
        super().__init__("; ".join((what, allowed, do)))
        self.what, self.allowed, self.do = what, allowed, do

    def __reduce__(self):
        # An exception is pickled by its message alone, from which these three could not be made again.
        return type(self), (self.what, self.allowed, self.do)
