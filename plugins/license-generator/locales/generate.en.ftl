## generate
