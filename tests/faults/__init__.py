"""Kill the program, refuse its system calls, change and damage its files: nothing may be lost."""
