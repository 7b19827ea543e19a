"""A class, from what was handed in to what goes back: nbgrader keeps the books.

A grading run, from what everything rests on to what rests on everything:

    errors      what goes wrong in a way that whoever grades can mend
    course      an nbgrader course: its folders, its gradebook
    submitted   what was handed in, read once; collect puts it there
    master      a notebook as the gradebook keeps it
    reading     a submission as a valid notebook; restoring makes its cells the master's again
    running     a restored notebook, run in a host and judged, as showing has it; ours says what is
                judged, and shared what all were handed
    scoring     marks from outputs, as nbgrader gives them
    job         all that a result depends on, and the result; environment is a part of it
    executors   who does the jobs: local, with its workers, or a cluster
    cache       what has been graded already
    database    any that nbgrader takes; its driver is somebody else's to install
    gradebook   nbgrader's, opened; records writes it, by changes, and late asks for penalties
    autograded  the folder of a graded submission
    placing     results, put where they belong in an order that survives being interrupted
    run         a class through all of these; tally is what it came to
    command     the same from the command line
    plugin      the same behind `nbgrader autograde` and formgrader's button

What comes before and after, and what it reads:

    ledger      nbgrader's gradebook, read and left as it is; marks are those of a class, from it
    cards       what each check said, from the autograded notebooks
    collect     what students handed in, put where nbgrader looks for it
    export      marks on their way out, in the formats that schools' systems read
    feedback    a student's page says what a check found, and not how it asks
    harmless    what a student wrote, made harmless before a page of nbgrader's shows it
    report      one page about a class: its marks, its misconceptions, what to teach again
"""
