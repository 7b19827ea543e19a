"""Template engines that the translated tests are given."""
