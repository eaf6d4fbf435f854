# Statistics.
