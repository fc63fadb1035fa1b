/* SPDX-License-Identifier: MIT */
/* `explain`: refusals in, what they mean out. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "net/document.h"
#include "net/utf8.h"
#include "steps/reply.h"
#include "ui/options.h"
#include "ui/say.h"

#define LINE_CAP                                                               \
    (4u << 20)        /* bytes of a line that are read; no reply has it        \
                       */
#define ECHO_MAX 1024 /* bytes of a reply that are shown again */

/* One line of standard input, without its end. */
struct input {
    char *bytes; /* from malloc, LINE_CAP at most */
    size_t size, length;
};

static bool grow(struct input *input)
{
    size_t size = input->size ? 2 * input->size : 4096;
    char *bytes = realloc(input->bytes, size);

    if (!bytes)
        return false;
    input->bytes = bytes;
    input->size = size;
    return true;
}

/* 1: a line was read; 0: there is none left; -1: no memory. */
static int read_line(struct input *input)
{
    int sign;
    bool any = false;

    input->length = 0;
    while ((sign = getc_unlocked(stdin)) != EOF) {
        any = true;
        if (sign == '\n')
            break;
        if (input->length == LINE_CAP)
            continue;
        if (input->length == input->size && !grow(input))
            return -1;
        input->bytes[input->length++] = (char)sign;
    }
    if (input->length > 0 && input->bytes[input->length - 1] == '\r')
        input->length--;
    return any;
}

static int print_json(const struct reading *reading, const char *reply,
                      size_t length)
{
    size_t size = 4 * length + 1; /* a byte may be \xNN */
    char *mended = malloc(size), *line = NULL;
    struct document *document = document_new();
    int result = -1;

    if (mended && document) {
        utf8_mend(mended, size, reply, length);
        document_text(document, "text", mended);
        document_text(document, "cause", cause_word(reading->cause));
        document_text(document, "side", side_word(reading->side));
        document_flag(document, "hard", reading->hard);
        document_text(document, "confidence",
                      confidence_word(reading->confidence));
        document_text(document, "vendor", reading->vendor);
        document_text(document, "next",
                      text(cause_next_for(reading->cause, reading->side)));
        line = document_line(document);
    }
    if (line && puts(line) != EOF)
        result = 0;
    document_free(document);
    free(mended);
    free(line);
    return result;
}

static void print_value(enum text_id label, const char *value)
{
    say_line(stdout, label, (struct blank[]){{"value", value}, {NULL, NULL}});
}

static void print_text(const struct reading *reading, const char *reply,
                       size_t length)
{
    char echo[ECHO_MAX];

    utf8_mend(echo, sizeof echo, reply, length);
    print_value(T_EXPLAIN_TEXT, echo);
    print_value(T_EXPLAIN_CAUSE, text(cause_meaning(reading->cause)));
    if (reading->cause != CAUSE_UNKNOWN) {
        print_value(T_EXPLAIN_SURE, text(confidence_text(reading->confidence)));
        print_value(T_EXPLAIN_FINAL,
                    text(reading->hard ? T_REFUSAL_HARD : T_REFUSAL_SOFT));
        print_value(T_EXPLAIN_SIDE, text(side_text(reading->side)));
    }
    print_value(T_EXPLAIN_NEXT,
                text(cause_next_for(reading->cause, reading->side)));
    putchar('\n');
}

static int explain(const struct options *options, const char *reply,
                   size_t length)
{
    struct reading reading;

    reply_read(&reading, reply, length);
    if (options->json)
        return print_json(&reading, reply, length);
    if (length > 0)
        print_text(&reading, reply, length);
    return 0;
}

static int explain_input(const struct options *options)
{
    struct input input = {NULL, 0, 0};
    int more, result = 0;

    if (isatty(STDIN_FILENO))
        say_line(stderr, T_EXPLAIN_PASTE, NULL);
    while (result == 0 && (more = read_line(&input)) != 0)
        result = more < 0 ? -1 : explain(options, input.bytes, input.length);
    free(input.bytes);
    return result;
}

int explain_command(struct options *options)
{
    int result = 0;

    for (int i = 0; result == 0 && i < options->rest_count; i++)
        result = explain(options, options->rest[i], strlen(options->rest[i]));
    if (options->rest_count == 0)
        result = explain_input(options);
    if (result != 0 || fflush(stdout) != 0 || ferror(stdout)) {
        say_line(stderr, T_EXPLAIN_UNWRITTEN, NULL);
        return STATUS_OURS;
    }
    return STATUS_ARRIVED;
}
