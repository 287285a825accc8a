"""What tests are made of: one factory for each table, and stories told through the desk."""
