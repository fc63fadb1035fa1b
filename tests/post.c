/* SPDX-License-Identifier: MIT */
/* Sends a file with a message, by the very probe that the wizard uses.
 *
 *   post HOST:PORT CA FROM TO USER PASSWORD FILE   over STARTTLS; its events on
 *                                                  standard output
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "net/feed.h"
#include "net/smtp.h"

#define FILE_MAX (8 << 20)

static char bytes[FILE_MAX];

static size_t read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t length;

    if (!file) {
        perror(path);
        exit(1);
    }
    length = fread(bytes, 1, FILE_MAX, file);
    fclose(file);
    return length;
}

int main(int argc, char **argv)
{
    struct request request = {.limit = 20, .token = "0123456789abcdef"};
    struct feed feed;

    if (argc != 8 || endpoint_parse(&request.smtp, argv[1], NULL) != 0 ||
        secret_set(&request.password, argv[6], strlen(argv[6]), NULL) != 0)
        return 1;
    request.smtp.tls = TLS_STARTTLS;
    snprintf(request.ca_file, sizeof(request.ca_file), "%s", argv[2]);
    snprintf(request.from, sizeof(request.from), "%s", argv[3]);
    snprintf(request.to, sizeof(request.to), "%s", argv[4]);
    snprintf(request.user, sizeof(request.user), "%s", argv[5]);
    snprintf(request.subject, sizeof(request.subject), "K7Q-4M2");
    snprintf(request.body, sizeof(request.body), "See the file.\n");
    request.attachment = (struct attachment){
        .bytes = bytes,
        .length = read_file(argv[7]),
        .name = "report.txt",
        .type = "text/plain; charset=utf-8",
    };
    if (feed_init(&feed, STDOUT_FILENO, &request) != 0 ||
        smtp_probe(&request, &feed) != 0)
        return 1;
    feed_release(&feed);
    return 0;
}
