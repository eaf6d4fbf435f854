## policies
