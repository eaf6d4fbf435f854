# What an end customer sees.
