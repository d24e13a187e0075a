"""Pages of the common segmentation: the hub reviews and publishes a version; anybody may try it."""
