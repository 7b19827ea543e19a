"""What students handed in, from an archive, a folder or a file to where nbgrader looks for it.

containers   an archive or a folder, opened: what lies in it, and what may not be read
unpacking    the notebooks found there, copied under names of our own; archives in archives
manifests    what `course submit` put beside a notebook: who, which lesson, when
names        what a name on the way to a notebook says: Canvas's, Moodle's, nbgrader's
people       the class as the gradebook knows it, and whom such words fit
lessons      the notebooks of an assignment, and which of them a file is
deciding     one decision about each file: collect it, or leave it alone and say why
placing      the files put in place, each whole or not at all
command      the command line, the table
"""
