"""Finding what would tell who is meant: numbers, names, addresses, accounts, disguises included.

Text in, findings out; knows nothing of cases.
"""
