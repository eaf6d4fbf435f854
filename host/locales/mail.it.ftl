# Posta.
