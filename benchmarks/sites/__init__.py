"""The same site in each framework: ``application(layers)`` greets a number found in the path.

Every layer passes on what it is given, in the way in which that framework's own guide layers.
"""
