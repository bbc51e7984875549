"""What people say is true: the label scheme, hand-written gold and the readers of both."""
