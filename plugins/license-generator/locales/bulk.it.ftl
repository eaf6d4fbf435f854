## bulk
