/* SPDX-License-Identifier: MIT */
/* A logged-in IMAP connection. */
#include "net/imap_session.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "net/imap_login.h"

#define COMMAND_MAX 1024
#define RESPONSES_MAX 20000 /* to one command */
#define RESPONSES_TOLD 40   /* of them, in the transcript */

/* The words of a refusal, for whoever asks why. */
void imap_session_keep_words(struct imap_session *session,
                             const struct imap_status *status)
{
    if (status->condition != IMAP_OK && status->condition != IMAP_PREAUTH)
        snprintf(session->words, sizeof(session->words), "%s", status->words);
}

int imap_session_lose(struct imap_session *session, enum fault fault,
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
    *session = (struct imap_session){
        .feed = feed, .limit = request->limit, .until = until};
    session->curl = curl_easy_init();
    if (imap_reader_init(&session->reader) != 0 || !session->curl)
        return -1;
    feed_phase(feed, PHASE_CONNECT);
    if (request->imap.tls == TLS_NONE && !endpoint_is_loopback(&request->imap))
        return imap_session_lose(session, FAULT_FEATURE, "no TLS asked for");
    return imap_login(session, request);
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
        imap_session_lose(session, FAULT_TIMEOUT, "no answer in time");
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
            imap_session_lose(session, FAULT_DROPPED, curl_easy_strerror(code));
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
        imap_session_lose(session, FAULT_DROPPED, "connection closed");
        return false;
    }
    imap_reader_filled(&session->reader, count);
    if (feed_seconds(session->feed) < until)
        return true;
    imap_session_lose(session, FAULT_TIMEOUT, "no end of the answer in time");
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
            imap_session_lose(session, FAULT_PROTOCOL,
                              "an answer beyond all bounds");
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
                  length < IMAP_LINE_KEPT ? length : IMAP_LINE_KEPT);
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
        imap_session_keep_words(session, &status);
        if (strcmp(status.tag, tag) == 0)
            return status.condition == IMAP_OK ? IMAP_DONE : IMAP_DECLINED;
        if (strcmp(status.tag, "*") != 0)
            break;
        if (status.condition == IMAP_BYE) {
            imap_session_lose(session, FAULT_DROPPED,
                              "the server said goodbye");
            return IMAP_LOST;
        }
    }
    imap_session_lose(session, FAULT_PROTOCOL,
                      "an answer that was not asked for");
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
