"""`bigroom doctor`: looks at everything that a room stands on, and says what is wrong and what to do about it.

It changes nothing, and asks nobody but the operator's own machines.
"""
