/* SPDX-License-Identifier: MIT */
/* A logged-in IMAP connection. */
#include "net/imap_session.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "net/curl_safe.h"
#include "net/utf8.h"

#define COMMAND_MAX 1024
#define RESPONSES_MAX 20000 /* to one command */
#define RESPONSES_TOLD 40   /* of them, in the transcript */
#define LINE_KEPT 1024      /* bytes of a line in the transcript */

static CURLcode on_tls(CURL *curl, void *ssl, void *arg)
{
    struct imap_session *session = arg;

    (void)curl;
    (void)ssl;
    feed_phase(session->feed, PHASE_TLS);
    return CURLE_OK;
}

/* The words of a refusal, for whoever asks why. */
static void keep_words(struct imap_session *session,
                       const struct imap_status *status)
{
    if (status->condition != IMAP_OK && status->condition != IMAP_PREAUTH)
        snprintf(session->words, sizeof(session->words), "%s", status->words);
}

/* The command word of "A002 LOGIN me secret"; the line where there is none. */
static const char *command_of(const char *line, size_t length)
{
    const char *space = memchr(line, ' ', length);

    return space && space - line < IMAP_TAG_MAX ? space + 1 : line;
}

/* What belongs to a login is told without what it says. */
static void tell_secret(struct imap_session *session, const char *line,
                        size_t shown)
{
    char masked[64];
    int length = snprintf(masked, sizeof(masked), "%.*s%s", (int)shown, line,
                          REDACT_MARK);

    feed_line(session->feed, "us", masked, (size_t)length);
}

static void hear_us(struct imap_session *session, const char *line,
                    size_t length)
{
    static const char *const logins[] = {"LOGIN ", "AUTHENTICATE "};
    const char *command = command_of(line, length);
    size_t tag = (size_t)(command - line);

    if (strncasecmp(command, "STARTTLS", 8) == 0)
        feed_phase(session->feed, PHASE_STARTTLS);
    for (size_t i = 0; i < sizeof(logins) / sizeof(logins[0]); i++)
        if (strncasecmp(command, logins[i], strlen(logins[i])) == 0) {
            session->secret = session->said = true;
            feed_phase(session->feed, PHASE_LOGIN);
            tell_secret(session, line, tag + strlen(logins[i]));
            return;
        }
    if (session->secret)
        tell_secret(session, line, 0);
    else
        feed_line(session->feed, "us", line, length);
}

static void hear_server(struct imap_session *session, const char *line,
                        size_t length)
{
    struct imap_response response = {.text = line, .length = length};
    struct imap_status status;

    if (imap_read_status(&status, &response))
        keep_words(session, &status);
    if (!session->greeted) {
        feed_phase(session->feed, PHASE_GREETING);
        session->strange = line[0] != '*';
        if (session->strange)
            utf8_mend(session->words, sizeof(session->words), line, length);
    }
    session->greeted = true;
    feed_line(session->feed, "server", line,
              length < LINE_KEPT ? length : LINE_KEPT);
}

/* Lines of libcurl's own part of the dialogue, each as a string of its own. */
static int on_debug(CURL *curl, curl_infotype type, char *bytes, size_t size,
                    void *arg)
{
    char line[LINE_KEPT + 1];
    size_t length = size < LINE_KEPT ? size : LINE_KEPT;

    (void)curl;
    if (type != CURLINFO_HEADER_IN && type != CURLINFO_HEADER_OUT)
        return 0;
    memcpy(line, bytes, length);
    while (length > 0 && strchr("\r\n", line[length - 1]))
        length--;
    line[length] = '\0';
    if (type == CURLINFO_HEADER_IN)
        hear_server(arg, line, length);
    else
        hear_us(arg, line, length);
    explicit_bzero(line, sizeof(line));
    return 0;
}

static void set_session(struct imap_session *session,
                        const struct request *request, char url[URL_MAX])
{
    const struct endpoint *imap = &request->imap;
    bool implicit = imap->tls == TLS_IMPLICIT;
    bool v6 = strchr(imap->host, ':') != NULL;
    double left = session->until - feed_seconds(session->feed);
    double limit = left < request->limit ? left : request->limit;
    CURL *curl = session->curl;

    snprintf(url, URL_MAX, "%s://%s%s%s:%u/", implicit ? "imaps" : "imap",
             v6 ? "[" : "", imap->host, v6 ? "]" : "", imap->port);
    curl_safe_set(curl, implicit ? "imaps" : "imap", request->ca_file, limit);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 0L); /* we go on with it */
    if (imap->tls == TLS_STARTTLS)
        curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
    curl_easy_setopt(curl, CURLOPT_USERNAME, request->user);
    curl_easy_setopt(curl, CURLOPT_PASSWORD, request->password.text);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, session->detail);
    curl_easy_setopt(curl, CURLOPT_SSL_CTX_FUNCTION, on_tls);
    curl_easy_setopt(curl, CURLOPT_SSL_CTX_DATA, session);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, on_debug);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, session);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
}

/* A server that is there and says nothing has not failed to connect. */
static void mend_phase(struct imap_session *session, bool implicit)
{
    curl_off_t ready = 0;

    curl_easy_getinfo(session->curl,
                      implicit ? CURLINFO_APPCONNECT_TIME_T
                               : CURLINFO_CONNECT_TIME_T,
                      &ready);
    if (ready > 0 && !session->greeted)
        feed_phase(session->feed, PHASE_GREETING);
}

/* A way that the server does not offer was the next thing to be tried. */
static void name_phase(struct imap_session *session, CURLcode code)
{
    if (code == CURLE_USE_SSL_FAILED)
        feed_phase(session->feed, PHASE_STARTTLS);
    else if (code == CURLE_LOGIN_DENIED)
        feed_phase(session->feed, PHASE_LOGIN);
}

/* Where a server says more than libcurl takes, the code is that of a line that
 * broke. */
static bool is_flood(const struct imap_session *session, CURLcode code)
{
    return code == CURLE_RECV_ERROR && strstr(session->detail, "Too large");
}

/* What a refusal before or at login really is: response codes of RFC 5530. */
static enum fault judge_login(const struct imap_session *session,
                              enum fault fault)
{
    static const char *const passing[] = {"[UNAVAILABLE]", "[INUSE]", "[LIMIT]",
                                          "[SERVERBUG]"};

    if (session->strange)
        return FAULT_PROTOCOL;
    if (strncasecmp(session->words, "BYE", 3) == 0)
        return FAULT_REFUSED;
    if (fault != FAULT_AUTH)
        return fault;
    if (!session->said)
        return FAULT_FEATURE; /* no way to log in that we know */
    for (size_t i = 0; i < sizeof(passing) / sizeof(passing[0]); i++)
        if (strcasestr(session->words, passing[i]))
            return FAULT_REFUSED;
    return FAULT_AUTH;
}

static int lose(struct imap_session *session, enum fault fault,
                const char *detail)
{
    session->fault = fault;
    if (!session->detail[0])
        snprintf(session->detail, sizeof(session->detail), "%s", detail);
    return 1;
}

int imap_session_open(struct imap_session *session,
                      const struct request *request, struct feed *feed,
                      double until)
{
    enum tls_mode tls = request->imap.tls;
    char url[URL_MAX];
    CURLcode code;

    *session = (struct imap_session){
        .feed = feed, .limit = request->limit, .until = until};
    session->curl = curl_easy_init();
    if (imap_reader_init(&session->reader) != 0 || !session->curl)
        return -1;
    feed_phase(feed, PHASE_CONNECT);
    if (tls == TLS_NONE && !endpoint_is_loopback(&request->imap))
        return lose(session, FAULT_FEATURE, "no TLS asked for");
    set_session(session, request, url);
    code = curl_easy_perform(session->curl);
    session->secret = false;
    if (code == CURLE_OK)
        return 0;
    mend_phase(session, tls == TLS_IMPLICIT);
    name_phase(session, code);
    session->fault = is_flood(session, code)
                         ? FAULT_PROTOCOL
                         : judge_login(session, curl_safe_fault(code));
    return session->fault == FAULT_NONE
               ? -1
               : lose(session, session->fault, curl_easy_strerror(code));
}

/* Waits until the socket is ready; false where the time is over. */
static bool await(struct imap_session *session, short events, double until)
{
    double left = until - feed_seconds(session->feed);
    curl_socket_t socket = CURL_SOCKET_BAD;
    struct pollfd poll_fd = {.events = events};

    curl_easy_getinfo(session->curl, CURLINFO_ACTIVESOCKET, &socket);
    poll_fd.fd = socket;
    if (left <= 0 ||
        (poll(&poll_fd, 1, (int)(left * 1000) + 1) < 0 && errno != EINTR)) {
        lose(session, FAULT_TIMEOUT, "no answer in time");
        return false;
    }
    return true;
}

static bool send_all(struct imap_session *session, const char *bytes,
                     size_t length, double until)
{
    while (length > 0) {
        size_t sent = 0;
        CURLcode code = curl_easy_send(session->curl, bytes, length, &sent);

        if (code == CURLE_AGAIN) {
            if (!await(session, POLLOUT, until))
                return false;
        } else if (code != CURLE_OK) {
            lose(session, FAULT_DROPPED, curl_easy_strerror(code));
            return false;
        }
        bytes += sent;
        length -= sent;
    }
    return true;
}

/* Reads what is there, or waits for it. */
static bool receive(struct imap_session *session, double until)
{
    size_t room, count = 0;
    char *bytes = imap_reader_room(&session->reader, &room);
    CURLcode code = curl_easy_recv(session->curl, bytes, room, &count);

    if (code == CURLE_AGAIN)
        return await(session, POLLIN, until);
    if (code != CURLE_OK || count == 0) {
        lose(session, FAULT_DROPPED, "connection closed");
        return false;
    }
    imap_reader_filled(&session->reader, count);
    if (feed_seconds(session->feed) < until)
        return true;
    lose(session, FAULT_TIMEOUT, "no end of the answer in time");
    return false;
}

/* The next response; false where there will be none. */
static bool hear(struct imap_session *session, struct imap_response *response,
                 double until)
{
    for (;;) {
        int got = imap_reader_next(&session->reader, response);

        if (got > 0)
            break;
        if (got < 0) {
            lose(session, FAULT_PROTOCOL, "an answer beyond all bounds");
            return false;
        }
        if (!receive(session, until))
            return false;
    }
    return true;
}

/* Literals are other people's mail: told is only that there was one. */
static void tell(const struct imap_session *session,
                 const struct imap_response *response)
{
    size_t length = response->length;

    if (response->literal_count > 0)
        length = response->literals[0].at;
    while (length > 0 && strchr("\r\n", response->text[length - 1]))
        length--;
    if (!session->quiet)
        feed_line(session->feed, "server", response->text,
                  length < LINE_KEPT ? length : LINE_KEPT);
}

/* Reads until the answer to `tag`. Nothing that we send may be answered under
 * another tag or by a "+". */
static enum imap_result hear_all(struct imap_session *session, const char *tag,
                                 imap_sink *sink, void *arg, double until)
{
    struct imap_response response;
    struct imap_status status;

    for (int i = 0; i < RESPONSES_MAX; i++) {
        if (!hear(session, &response, until))
            return IMAP_LOST;
        if (i < RESPONSES_TOLD)
            tell(session, &response);
        if (!imap_read_status(&status, &response)) {
            if (response.length > 0 && response.text[0] == '+')
                break;
            if (sink)
                sink(&response, arg);
            continue;
        }
        keep_words(session, &status);
        if (strcmp(status.tag, tag) == 0)
            return status.condition == IMAP_OK ? IMAP_DONE : IMAP_DECLINED;
        if (strcmp(status.tag, "*") != 0)
            break;
        if (status.condition == IMAP_BYE) {
            lose(session, FAULT_DROPPED, "the server said goodbye");
            return IMAP_LOST;
        }
    }
    lose(session, FAULT_PROTOCOL, "an answer that was not asked for");
    return IMAP_LOST;
}

enum imap_result imap_session_ask(struct imap_session *session,
                                  const char *command, imap_sink *sink,
                                  void *arg)
{
    double until = feed_seconds(session->feed) + session->limit;
    char line[COMMAND_MAX], tag[IMAP_TAG_MAX];
    int length;

    if (session->fault != FAULT_NONE)
        return IMAP_LOST;
    session->cut = session->until < until;
    if (session->cut)
        until = session->until;
    session->words[0] = '\0';
    snprintf(tag, sizeof(tag), "z%d", ++session->tag);
    length = snprintf(line, sizeof(line), "%s %s\r\n", tag, command);
    if (length < 0 || (size_t)length >= sizeof(line)) {
        snprintf(session->words, sizeof(session->words), "command too long");
        return IMAP_DECLINED;
    }
    if (!session->quiet)
        feed_line(session->feed, "us", line, (size_t)length - 2);
    if (!send_all(session, line, (size_t)length, until))
        return IMAP_LOST;
    return hear_all(session, tag, sink, arg, until);
}

/* Where nothing can be said any more, libcurl must not wait for an answer. */
static void hang_up(struct imap_session *session)
{
    curl_socket_t socket = CURL_SOCKET_BAD;

    if (session->fault != FAULT_NONE &&
        curl_easy_getinfo(session->curl, CURLINFO_ACTIVESOCKET, &socket) ==
            CURLE_OK &&
        socket != CURL_SOCKET_BAD)
        shutdown(socket, SHUT_RDWR);
}

void imap_session_close(struct imap_session *session)
{
    if (session->curl) {
        hang_up(session);
        curl_easy_setopt(session->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, 1L);
        curl_easy_setopt(session->curl, CURLOPT_VERBOSE, 0L);
    }
    curl_easy_cleanup(session->curl);
    session->curl = NULL;
    imap_reader_release(&session->reader);
}
