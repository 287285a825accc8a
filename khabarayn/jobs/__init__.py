"""Work done after the answer was sent: intents stored as rows of the outbox, done by the worker."""
