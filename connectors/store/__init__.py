"""Files in a place that many machines share: a bucket of S3, or a folder that all of them see."""
