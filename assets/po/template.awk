# SPDX-License-Identifier: MIT
# assets/*.def -> a template of catalogues (.pot), in the order of the files.
# The escapes of C and of PO files are the same. The id is the context, which
# tells apart what is one word in Spanish and two elsewhere.

BEGIN {
    print "msgid \"\"\nmsgstr \"\""
    print "\"Content-Type: text/plain; charset=UTF-8\\n\""
}

/^TEXT\(/ {
    split($0, part, /[(,]/)
    printf "\nmsgctxt \"%s\"\nmsgid \"\"\n", part[2]
    inside = 1
}

inside && match($0, /".*"/) {
    print substr($0, RSTART, RLENGTH)
}

inside && /"\)$/ {
    print "msgstr \"\""
    inside = 0
}
