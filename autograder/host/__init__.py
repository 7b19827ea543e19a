"""The host: whoever holds the student's names, and runs scenarios when the judge asks.

This package is all of the grader that a student's process needs. It knows no check, no solution
and no mark: it obeys commands (`worker`), and asks the judge at every gate (`gates`) what goes on.

    wire        one message on a pipe, and what is not one
    framework   minidjango, or Django in its place
    values      what plain data is
    plain       requests and responses as plain data, and back
    exceptions  exceptions likewise
    whereabouts the line of the student's at which something happened
    in_force    the settings of one scenario
    gates       the proxy round a student's layer
    centre      the view that asks, or one of the student's behind a gate
    clock       a time that stands still until something is said to take time
    kit         what a stack is built with
    server      one request, sent as PEP 3333 says
    stack       one onion, built from settings
    bare        a WSGI application without a framework, held to the rules
    cells       a notebook's code cells
    shell       the same cells with what they put out, which outputs writes down
    capture     what is logged, warned or printed meanwhile
    worker      the commands
    serving     a worker at the other end of two streams
    __main__    the same worker, in a process of its own
    zygote      what sandboxed hosts are forked from
    sandbox     what such a host may still do; lacking says where it cannot be
"""
