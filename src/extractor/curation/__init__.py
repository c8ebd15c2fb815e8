"""Care of the dictionaries: what a name can be, what is wrong in a folder, how much there is."""
