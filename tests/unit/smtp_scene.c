/* SPDX-License-Identifier: MIT */
/* One session of the smtp probe with a scripted server. */
#include "tests/unit/smtp_scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <config.h>

#ifdef HAVE_VALGRIND_VALGRIND_H
#include <valgrind/valgrind.h>
#else
#define RUNNING_ON_VALGRIND 0
#endif

/* Seconds: what must time out costs that much of the test; all else may take
 * its time on a slow machine. Valgrind is one. */
#define SHORT_LIMIT (RUNNING_ON_VALGRIND ? 2.0 : 0.4)
#define LONG_LIMIT 20.0

static SSL_CTX *papers[PAPER_COUNT];
static char ca_file[64];

void scene_request(struct request *request, const struct scene *scene,
                   unsigned short port)
{
    memset(request, 0, sizeof(*request));
    strcpy(request->from, "ana@corp.example");
    strcpy(request->to, "benito@corp.example");
    strcpy(request->token, TOKEN);
    strcpy(request->subject_code, "K7Q-4M2");
    strcpy(request->subject, "Prueba de envío K7Q-4M2");
    strcpy(request->body, "Mensaje de prueba.\n.\n.punto\nfin\n");
    strcpy(request->smtp.host, "127.0.0.1");
    request->smtp.port = port;
    request->smtp.tls = scene->tls;
    request->limit = scene->fault == FAULT_TIMEOUT ? SHORT_LIMIT : LONG_LIMIT;
    if (scene->tls != TLS_NONE)
        strcpy(request->ca_file, ca_file);
    if (scene->user) {
        strcpy(request->user, scene->user);
        strcpy(request->password.text, PASSWORD);
        request->password.length = strlen(PASSWORD);
    }
}

static void read_events(struct result_of *result, int fd)
{
    off_t size = lseek(fd, 0, SEEK_END);
    char *line, *rest;

    memset(result, 0, sizeof(*result));
    result->events = calloc(1, (size_t)size + 1);
    assert_non_null(result->events);
    assert_int_equal(pread(fd, result->events, (size_t)size, 0), size);
    rest = strdup(result->events);
    for (char *at = rest; (line = strsep(&at, "\n")) && *line;) {
        struct event *event = event_parse(line, strlen(line));

        assert_non_null(event);
        result->end_is_last = ending_read(&result->ending, event);
        result->ends += result->end_is_last;
        if (event_text(event, "detail"))
            snprintf(result->detail, sizeof(result->detail), "%s",
                     event_text(event, "detail"));
        event_free(event);
    }
    free(rest);
}

void scene_probe(const struct request *request, struct result_of *result)
{
    int fd = memfd_create("events", MFD_CLOEXEC);
    struct feed feed;

    assert_true(fd >= 0);
    assert_int_equal(feed_init(&feed, fd, request), 0);
    smtp_probe(request, &feed);
    feed_release(&feed);
    read_events(result, fd);
    close(fd);
}

/* One thing that must be so; says what it is where it is not. */
static int check(const struct scene *scene, const struct result_of *result,
                 bool right, const char *what, const char *found)
{
    if (right)
        return 0;
    print_error("%s: %s %s\n%s", scene->name, what, found ? found : "none",
                result->events);
    return 1;
}

static bool has(const char *text, const char *part)
{
    return !part || strstr(text, part);
}

static int check_ending(const struct scene *scene,
                        const struct result_of *result)
{
    const struct ending *end = &result->ending;
    const char *words = end->code > 0 ? end->reply : result->detail;
    char code[16];

    snprintf(code, sizeof(code), "%d", end->code);
    return check(scene, result, result->ends == 1 && result->end_is_last,
                 "does not end once", "") +
           check(scene, result, end->outcome == scene->outcome, "outcome",
                 result_name(end->outcome)) +
           check(scene, result, end->fault == scene->fault, "fault",
                 fault_name(end->fault)) +
           check(scene, result, end->phase == scene->phase, "phase",
                 phase_name(end->phase)) +
           check(scene, result, end->code == scene->code, "code", code) +
           check(scene, result,
                 strcmp(end->enhanced,
                        scene->enhanced ? scene->enhanced : "") == 0,
                 "enhanced", end->enhanced) +
           check(scene, result, has(words, scene->reply), "words", words) +
           check(scene, result, end->code > 0 || !end->reply[0],
                 "words of ours as the server's", end->reply);
}

static int check_traces(const struct scene *scene,
                        const struct result_of *result, const char *heard)
{
    const char *events = result->events;

    return check(scene, result, has(heard, scene->heard), "heard", heard) +
           check(scene, result,
                 !scene->unheard || !strstr(heard, scene->unheard),
                 "heard too much:", heard) +
           check(scene, result, has(events, scene->told), "does not tell",
                 scene->told) +
           check(scene, result,
                 !strstr(events, PASSWORD) && !strstr(events, PASSWORD_B64) &&
                     !strstr(events, PLAIN_B64),
                 "tells", "the password");
}

int scene_play(const struct scene *scene)
{
    struct peer *peer = malloc(sizeof(*peer));
    struct request request;
    struct result_of result;
    int bad;

    assert_non_null(peer);
    assert_int_equal(peer_start(peer, scene->script,
                                scene->tls ? papers[scene->paper] : NULL),
                     0);
    scene_request(&request, scene, peer->port);
    scene_probe(&request, &result);
    peer_stop(peer);
    bad = check_ending(scene, &result) +
          check_traces(scene, &result, peer->heard) +
          check(scene, &result, result.ending.seconds < request.limit + 1,
                "takes", "too long") +
          check(scene, &result, peer->missed[0] == '\0', "the script missed",
                peer->missed);
    free(result.events);
    free(peer);
    return bad;
}

void scene_play_all(const struct scene *scenes, size_t count)
{
    int bad = 0;

    for (size_t i = 0; i < count; i++)
        bad += scene_play(&scenes[i]);
    assert_int_equal(bad, 0);
}

int scene_make_papers(void **state)
{
    (void)state;
    papers_make(papers, ca_file, sizeof(ca_file));
    return 0;
}

int scene_drop_papers(void **state)
{
    (void)state;
    papers_free(papers);
    return unlink(ca_file);
}
