/* SPDX-License-Identifier: MIT */
/* The part of an IMAP session that libcurl leads: up to the end of a login. */
#include "net/imap_login.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "net/curl_safe.h"
#include "net/utf8.h"

static CURLcode on_tls(CURL *curl, void *ssl, void *arg)
{
    struct imap_session *session = arg;

    (void)curl;
    (void)ssl;
    feed_phase(session->feed, PHASE_TLS);
    return CURLE_OK;
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
        imap_session_keep_words(session, &status);
    if (!session->greeted) {
        feed_phase(session->feed, PHASE_GREETING);
        session->strange = line[0] != '*';
        if (session->strange)
            utf8_mend(session->words, sizeof(session->words), line, length);
    }
    session->greeted = true;
    feed_line(session->feed, "server", line,
              length < IMAP_LINE_KEPT ? length : IMAP_LINE_KEPT);
}

/* Lines of libcurl's own part of the dialogue, each as a string of its own. */
static int on_debug(CURL *curl, curl_infotype type, char *bytes, size_t size,
                    void *arg)
{
    char line[IMAP_LINE_KEPT + 1];
    size_t length = size < IMAP_LINE_KEPT ? size : IMAP_LINE_KEPT;

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

int imap_login(struct imap_session *session, const struct request *request)
{
    char url[URL_MAX];
    CURLcode code;
    enum fault fault;

    set_session(session, request, url);
    code = curl_easy_perform(session->curl);
    session->secret = false;
    if (code == CURLE_OK)
        return 0;
    mend_phase(session, request->imap.tls == TLS_IMPLICIT);
    name_phase(session, code);
    fault = is_flood(session, code)
                ? FAULT_PROTOCOL
                : judge_login(session, curl_safe_fault(code));
    return fault == FAULT_NONE
               ? -1
               : imap_session_lose(session, fault, curl_easy_strerror(code));
}
