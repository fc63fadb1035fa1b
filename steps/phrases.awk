# SPDX-License-Identifier: MIT
# Makes the C tables of steps/reply_words.h from assets/phrases.txt.

function fail(what) {
    printf "%s:%d: %s\n", FILENAME, FNR, what > "/dev/stderr"
    failed = 1
    exit 1
}

# The words of a text into run[1..]; returns how many.
function split_words(text, run,    n, i, count, parts) {
    gsub(/[^a-z0-9]+/, " ", text)
    n = split(text, parts, " ")
    count = 0
    for (i = 1; i <= n; i++) {
        if (parts[i] in skip)
            continue
        if (length(parts[i]) > 32)
            fail("a word of more than 32 letters: " parts[i])
        run[++count] = word_number(parts[i])
    }
    return count
}

function word_number(word) {
    if (!(word in number)) {
        number[word] = words
        letters[words++] = word
    }
    return number[word]
}

# Puts run[from..to] into the tree, last word first, as one more spelling of
# a term.
function add_run(run, from, to, term,    node, i, key) {
    node = 0
    for (i = to; i >= from; i--) {
        key = node "," run[i]
        if (!(key in child)) {
            child[key] = ++nodes
            kids[node] = kids[node] " " run[i]
        }
        node = child[key]
    }
    if (index(" " terms_of[node] " ", " " term " ") == 0)
        terms_of[node] = terms_of[node] " " term
}

function add_part(term, gap) {
    parts_of[term] = parts_of[term] " " parts
    part_phrase[parts] = phrases
    part_first[parts] = first
    part_gap[parts] = gap
    part_last[parts++] = 0
    first = 0
}

# A run of plain words, in pieces that the tree can hold.
function add_plain(text, gap,    run, count, i, to, key, j) {
    count = split_words(text, run)
    for (i = 1; i <= count; i = to + 1) {
        to = i + 7 < count ? i + 7 : count
        key = ""
        for (j = i; j <= to; j++)
            key = key " " run[j]
        if (!(key in plain)) {
            plain[key] = terms++
            add_run(run, i, to, plain[key])
        }
        add_part(plain[key], gap)
        gap = 0
    }
    return count
}

function add_words(text,    n, i, token, held, gap, name) {
    n = split(text, token, " ")
    held = ""
    gap = 0
    first = 1
    for (i = 1; i <= n + 1; i++) {
        if (i <= n && token[i] != ".." && token[i] !~ /^<[a-z_]+>$/) {
            held = held " " token[i]
            continue
        }
        if (held != "" && add_plain(held, gap) > 0)
            gap = 0
        held = ""
        if (i > n)
            break
        if (token[i] == "..") {
            gap = 1
            continue
        }
        name = substr(token[i], 2, length(token[i]) - 2)
        if (!(name in group))
            fail("no such group: " name)
        add_part(group[name], gap)
        gap = 0
    }
    if (first || gap)
        fail("a phrase needs a word at both ends")
    part_last[parts - 1] = 1
}

# "-", "4xx", "552", "5.4.1", "x.1.8" into a code_pattern.
function code_pattern(text,    part) {
    if (text == "-")
        return "{0, 0, false, {0, 0, 0}}"
    if (text ~ /^[45]xx$/)
        return "{0, " substr(text, 1, 1) ", false, {0, 0, 0}}"
    if (text ~ /^[45][0-9][0-9]$/)
        return "{" text ", 0, false, {0, 0, 0}}"
    if (text !~ /^[45x]\.[0-9]+\.[0-9]+$/)
        fail("no code: " text)
    split(text, part, ".")
    return "{0, 0, true, {" (part[1] == "x" ? 0 : part[1]) ", " part[2] ", " \
        part[3] "}}"
}

function vendor_number(name) {
    if (name == "-")
        return 0
    gsub(/_/, " ", name)
    if (!(name in vendor)) {
        vendor[name] = ++vendors
        vendor_name[vendors] = name
    }
    return vendor[name]
}

function add_phrase(    cause, side, text, i) {
    if (rank == "")
        fail("a line before the first =")
    if (NF < 4)
        fail("a line is: class, vendor, code, words")
    side = "COUNT"
    cause = $1
    if ((i = index(cause, ">")) > 0) {
        side = toupper(substr(cause, i + 1))
        cause = substr(cause, 1, i - 1)
    }
    cause = cause == "-" ? "COUNT" : toupper(cause)
    phrase[phrases] = "{RANK_" rank ", CAUSE_" cause ", SIDE_" side ", " \
        vendor_number($2) ", " code_pattern($3) "}"
    text = $0
    if (index(text, "*") > 0)
        fail("an ending stands in a group only")
    for (i = 1; i <= 3; i++)
        sub(/^[ \t]*[^ \t]+/, "", text)
    sub(/^[ \t]+/, "", text)
    if (($3, text) in seen)
        fail("said before, in line " seen[$3, text])
    seen[$3, text] = FNR
    add_words(text)
    phrases++
}

# @name = a word, another, more words
function add_group(    name, text, n, i, member) {
    name = substr($1, 2)
    text = $0
    if (!sub(/^@[a-z_]+[ \t]*=/, "", text))
        fail("a group is: @name = words, words")
    n = split(text, member, ",")
    if (name == "skip") {
        for (i = 1; i <= n; i++) {
            gsub(/[^a-z0-9]/, "", member[i])
            skip[member[i]] = 1
            word_number(member[i])
        }
        skipped = words
        return
    }
    if (!(name in group))
        group[name] = terms++
    for (i = 1; i <= n; i++)
        add_member(member[i], group[name])
}

# "llen*" stands for the four endings that Spanish and Portuguese give it.
function add_member(text, term,    ending, i, whole, run, count) {
    if (split("o a os as", ending, " ") && index(text, "*") == 0)
        split(" ", ending, " ")
    for (i = 1; i == 1 || i in ending; i++) {
        whole = text
        gsub(/\*/, ending[i], whole)
        count = split_words(whole, run)
        if (count < 1 || count > 8)
            fail("a group takes runs of one to eight words: " text)
        add_run(run, 1, count, term)
    }
}

BEGIN {
    words = terms = parts = phrases = nodes = vendors = skipped = 0
    for (i = 32; i < 127; i++)
        code_of[sprintf("%c", i)] = i
}

/^[ \t]*(#|$)/ { next }
/[^ -~\t]/ { fail("only small letters without accents") }
/^=/ { rank = toupper($2); next }
/^@/ { add_group(); next }
{ add_phrase() }

function begin_table(type, name) {
    printf "static const %s %s[] = {", type, name
    column = 0
}

function put(value) {
    printf column++ % 8 ? " %s," : "\n    %s,", value
}

function end_table() {
    print "\n};\n"
}

# Each number's list, one after another; start[i] where it begins.
function put_lists(name, count, list, start,    i, j, n, one, at) {
    begin_table("uint16_t", name)
    at = 0
    for (i = 0; i < count; i++) {
        start[i] = at
        n = split(list[i], one, " ")
        for (j = 1; j <= n; j++)
            put(one[j])
        at += n
    }
    start[count] = at
    put(0)
    end_table()
}

function hash_of(word,    i, hash) {
    hash = 0
    for (i = 1; i <= length(word); i++)
        hash = (hash * 31 + code_of[substr(word, i, 1)]) % 65536
    return hash
}

function put_words(    i, at, size, slot, h) {
    begin_table("char", "letters")
    for (i = 0; i < words; i++)
        printf "%s", (i % 6 ? " " : "\n    ") "/* " letters[i] " */"  \
            char_list(letters[i])
    end_table()
    begin_table("uint16_t", "word_start")
    at = 0
    for (i = 0; i <= words; i++) {
        put(at)
        at += length(letters[i])
    }
    end_table()
    for (size = 64; size < 3 * words; size *= 2)
        continue
    for (i = 0; i < words; i++) {
        for (h = hash_of(letters[i]) % size; h in slot; h = (h + 1) % size)
            continue
        slot[h] = i + 1
    }
    begin_table("uint16_t", "slots")
    for (i = 0; i < size; i++)
        put(slot[i] + 0)
    end_table()
    slot_mask = size - 1
}

function char_list(word,    i, out) {
    out = ""
    for (i = 1; i <= length(word); i++)
        out = out " '" substr(word, i, 1) "',"
    return out
}

function put_tree(    i, j, n, one, edge, starts) {
    begin_table("uint16_t", "roots")
    for (i = 0; i < words; i++)
        put((("0," i) in child) ? child["0," i] : 0)
    end_table()
    put_lists("node_terms", nodes + 1, terms_of, starts)
    begin_table("struct phrase_edge", "edges")
    for (i = 1; i <= nodes; i++) {
        edge[i] = edges + 0
        n = split(kids[i], one, " ")
        for (j = 1; j <= n; j++) {
            put("{" one[j] ", " (child[i "," one[j]] - 1) "}")
            edges++
        }
    }
    edge[nodes + 1] = edges + 0
    put("{0, 0}")
    end_table()
    begin_table("struct phrase_node", "nodes")
    for (i = 1; i <= nodes + 1; i++)
        put("{" edge[i] ", " starts[i] "}")
    end_table()
}

function put_parts(    i, starts) {
    put_lists("parts", terms, parts_of, starts)
    begin_table("uint16_t", "term_parts")
    for (i = 0; i <= terms; i++)
        put(starts[i])
    end_table()
    begin_table("struct phrase_part", "part")
    for (i = 0; i < parts; i++)
        put("{" part_phrase[i] ", " part_first[i] ", " part_last[i] ", " \
            part_gap[i] "}")
    end_table()
}

END {
    if (failed)
        exit 1
    print "/* Made by steps/phrases.awk from assets/phrases.txt. */"
    print "#include \"steps/reply_words.h\"\n"
    begin_table("struct phrase", "phrases")
    for (i = 0; i < phrases; i++)
        printf "\n    %s,", phrase[i]
    end_table()
    begin_table("char *const", "vendors")
    put("NULL")
    for (i = 1; i <= vendors; i++)
        put("\"" vendor_name[i] "\"")
    end_table()
    put_words()
    put_tree()
    put_parts()
    printf "_Static_assert(%d <= PARTS_MAX, \"parts\");\n", parts
    printf "_Static_assert(%d <= PHRASES_MAX, \"phrases\");\n", phrases
    print "_Static_assert(CAUSE_COUNT < 256 && SIDE_COUNT < 256, \"bytes\");\n"
    print "const struct phrase_tables phrase_tables = {"
    printf "    phrases, %d, vendors, slots, %d, letters,\n", phrases, slot_mask
    printf "    word_start, %d, roots, nodes, edges, node_terms,\n", skipped
    printf "    term_parts, parts, part, %d,\n};\n", parts
}
