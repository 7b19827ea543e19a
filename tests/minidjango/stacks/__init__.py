"""Stacks of layers in words: built on either framework, played, and what was seen written down.

words      how a scenario says what its parties do
stage      one scenario on one framework: what is seen of it, and the answers it gives
actions    what each word means
layers     the four ways to write a layer
site       views, the URLconf, error handlers
client     what is sent
playing    settings, signals, logs; the two ways in; what happened
facts      what a run shows of how Django works
"""
