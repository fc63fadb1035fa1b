/* SPDX-License-Identifier: MIT */
/* What a screen says: the sentences of the present step, with names filled in.
 * A frontend asks here and nowhere else; it never looks into an event. */
#ifndef STEPS_TELL_H
#define STEPS_TELL_H

#include "steps/graph.h"
#include "steps/live.h"

#define TELL_TEXT_MAX 1024
#define TELL_LINES_MAX 24
#define TELL_VALUE_MAX 8200 /* bytes of what is typed into a field */

/* The word before a line: BIEN, AVISO, PROBLEMA, SIN DATOS, OMITIDO, EN CURSO;
 * NONE: the line goes on with what stands above. */
enum state {
    STATE_NONE,
    STATE_GOOD,
    STATE_WARNING,
    STATE_PROBLEM,
    STATE_UNKNOWN,
    STATE_SKIPPED,
    STATE_RUNNING
};

struct line {
    enum state state;
    char text[TELL_TEXT_MAX]; /* UTF-8; may hold foreign text: show() it */
};

/* The word of a state in the person's language. */
const char *tell_state(enum state state);

/* Title and body of the present step; paragraphs end in \n. */
void tell_title(const struct trail *trail, const struct settings *settings,
                char out[TELL_TEXT_MAX]);
void tell_body(const struct trail *trail, const struct settings *settings,
               char out[4 * TELL_TEXT_MAX]);

/* The label of a choice with its blanks filled. */
void tell_choice(const struct trail *trail, const struct settings *settings,
                 const struct choice *choice, char out[TELL_TEXT_MAX]);

/* The live panel: one line a check of the present visit, oldest first. */
size_t tell_live(const struct trail *trail, const struct settings *settings,
                 struct line lines[TELL_LINES_MAX]);

/* What came of the probe whose "start" stands at that place of the trail's
 * events; STATE_NONE where it is none that has anything to tell. Returns its
 * "end", or NULL where none was heard. */
const struct event *tell_probe(const struct trail *trail, size_t start,
                               struct line *line);

/* How good or bad a verdict is. */
enum state tell_cause_state(enum cause cause);

/* What came out on the present step: what, what it means, what to do; for when
 * its tests are done. None where the step has nothing to tell. */
size_t tell_result(const struct trail *trail, const struct settings *settings,
                   struct line lines[TELL_LINES_MAX]);

/* The overview: one line a section of the article. */
size_t tell_overview(const struct trail *trail,
                     struct line lines[TELL_LINES_MAX]);

/* One line for each test that was sent: when, which, what came out. */
size_t tell_attempts(const struct trail *trail,
                     struct line lines[TELL_LINES_MAX]);

/* The name of a section, and of the present one, for the header. */
const char *tell_section_name(enum section section);
const char *tell_section(const struct trail *trail);

/* The fields of the present step that are to be filled in, without those that
 * the configuration or an option has settled; returns how many. */
size_t tell_fields(const struct trail *trail, const struct settings *settings,
                   const struct field *fields[STEP_FIELDS_MAX]);

/* What is wrong with what was typed into a field; T_NONE: nothing. */
enum text_id tell_field_problem(const struct trail *trail,
                                const struct field *field, const char *typed);

/* What a person means who pastes "Ana <ana@empresa.example>", or a key with
 * its quotes: blanks, quotes and commas around it are dropped. Passwords and
 * texts stay as they are. -1 where it does not fit. */
int tell_field_tidy(const struct field *field, const char *typed,
                    char out[TELL_VALUE_MAX]);

/* The addresses that were typed in this session, each once, newest first;
 * borrowed from the trail. Returns how many. */
#define TELL_ADDRESSES_MAX 16
size_t tell_addresses(const struct trail *trail,
                      const char *addresses[TELL_ADDRESSES_MAX]);

/* How long the present step's tests take together, in seconds: as a rule, and
 * by their limits at most; 0: it has none. */
double tell_expected(const struct trail *trail,
                     const struct settings *settings);
double tell_longest(const struct trail *trail, const struct settings *settings);

/* What stands in a field when the step is entered: the fact typed before, else
 * what the settings offer, else "". Always "" for a secret. */
const char *tell_field_value(const struct trail *trail,
                             const struct settings *settings,
                             const struct field *field);

/* The dialogue lines of the present visit's probes, then the DNS records behind
 * what it shows, for the details page. */
size_t tell_transcript(const struct trail *trail, size_t from,
                       struct line lines[TELL_LINES_MAX]);

#endif
