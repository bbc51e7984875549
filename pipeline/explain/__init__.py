"""What the rules, codes and modifiers mean, in our own words, for somebody who asks.

Tables hold the words; `deltoid.pipeline.explain.target` finds what a question is about.
"""
