"""The HTTP side of the application; its rooms share only the modules beside this one."""
