"""Pictures of the demo edition: ornament, emblems and maps drawn as SVG from each story's copy."""
