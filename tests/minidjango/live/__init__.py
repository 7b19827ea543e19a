"""Both frameworks play what Hypothesis draws; everything that can be observed must be the same."""
