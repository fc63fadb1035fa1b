/* SPDX-License-Identifier: MIT */
/* Who takes the mail of a domain, by the names of its servers. */
#include "tests/unit/unit.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "net/vendor.h"

static const struct {
    const char *host;
    const char *code; /* NULL: nobody that we know */
} hosts[] = {
    {"aspmx.l.google.com", "google"},
    {"alt4.aspmx.l.google.com", "google"},
    {"ASPMX3.GoogleMail.com", "google"},
    {"smtp.google.com", "google"},
    {"gmail-smtp-in.l.google.com", "gmail"},
    {"alt1.gmail-smtp-in.l.google.com", "gmail"},
    {"corp-example.mail.protection.outlook.com", "microsoft_365"},
    {"corp-example.p-v1.mx.microsoft", "microsoft_365"},
    {"hotmail-com.olc.protection.outlook.com", "outlook_com"},
    {"mx-eu.mail.am0.yahoodns.net", "yahoo"},
    {"mx01.mail.icloud.com", "icloud"},
    {"mx0a-001b2d01.pphosted.com", "proofpoint"},
    {"mx1-us1.ppe-hosted.com", "proofpoint_essentials"},
    {"eu-smtp-inbound-1.mimecast.com", "mimecast"},
    {"za-smtp-inbound-1.mimecast.co.za", "mimecast"},
    {"d123456a.ess.barracudanetworks.com", "barracuda"},
    {"mx1.hc1234-56.eu.iphmx.com", "cisco"},
    {"corp.example.in.tmes.trendmicro.eu", "trend_micro"},
    {"corp.in.tmes.trendmicro.com", "trend_micro"},
    {"mx-01-eu-west-1.prod.hydra.sophos.com", "sophos"},
    {"cluster5.us.messagelabs.com", "symantec"},
    {"corp.fortimailcloud.com", "fortinet"},
    {"cust1234-s.out.mailcontrol.com", "forcepoint"},
    {"mx01.hornetsecurity.com", "hornetsecurity"},
    {"mx10.antispameurope.com", "hornetsecurity"},
    {"mx1.antispamcloud.com", "spamexperts"},
    {"mx10.mailspamprotection.com", "siteground"},
    {"mx.zoho.com", "zoho"},
    {"mx2.zoho.eu", "zoho"},
    {"mx.yandex.net", "yandex"},
    {"mx1.titan.email", "titan"},
    {"mx1.hostinger.com", "hostinger"},
    {"mx2.hostinger.com.br", NULL},
    {"mailstore1.secureserver.net", "godaddy"},
    {"mx.a.locaweb.com.br", "locaweb"},
    {"mx.uhserver.com", "uol"},
    {"c1234567.ferozo.com", "donweb"},
    {"mx1.mail.ovh.net", "ovh"},
    {"mx00.ionos.es", "ionos"},
    {"mx00.ionos.co.uk", "ionos"},
    {"mx01.kundenserver.de", "ionos"},
    {"eforward1.registrar-servers.com", "namecheap"},
    {"route1.mx.cloudflare.net", "cloudflare"},
    {"inbound-smtp.eu-west-1.amazonaws.com", "amazon"},
    {"inbound-smtp.amazonaws.com", NULL},
    {"mail.corp.example", NULL},
    {"outlook.com.corp.example", NULL},
    {"notpphosted.com", NULL},
    {"google.com", NULL},
    {"com", NULL},
    {"", NULL},
    {".", NULL},
};

static void test_hosts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(hosts); i++) {
        const struct vendor *vendor = vendor_of_host(hosts[i].host);
        const char *code = vendor ? vendor->code : "nobody";
        if (strcmp(code, hosts[i].code ? hosts[i].code : "nobody") != 0)
            fail_msg("%s is %s", hosts[i].host, code);
    }
}

/* No line stands where another one catches all that it could. */
static void test_every_line_is_met(void **state)
{
    char host[300];
    const struct vendor *vendor;
    const char *pattern;
    size_t row = 0;

    (void)state;
    for (; (vendor = vendor_row(row, &pattern)) != NULL; row++) {
        snprintf(host, sizeof(host), "mx1.%s", pattern);
        for (char *star = strchr(host, '*'); star; star = strchr(star, '*'))
            *star = 'x';
        assert_ptr_equal(vendor_of_host(host), vendor);
        assert_true(vendor->name[0] && vendor->code[0]);
        for (const char *s = pattern; *s; s++)
            assert_true((*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9') ||
                        strchr(".-*", *s));
    }
    assert_true(row > 60);
}

static void test_freemail(void **state)
{
    static const char *const are[] = {
        "gmail.com",   "GMail.com",    "hotmail.com", "hotmail.com.ar",
        "outlook.es",  "yahoo.com.mx", "live.com",    "icloud.com",
        "yahoo.co.uk", "uol.com.br",   "gmx.net",     "proton.me",
    };
    static const char *const are_not[] = {
        "gmail.com.ar.example",
        "corp.example",
        "mail.gmail.com",
        "outlook",
        "outlook.",
        "yahoo.a.b.c",
        "mygmail.com",
        "live",
        "",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(are); i++)
        if (!vendor_is_freemail(are[i]))
            fail_msg("%s is free", are[i]);
    for (size_t i = 0; i < COUNT(are_not); i++)
        if (vendor_is_freemail(are_not[i]))
            fail_msg("%s is not free", are_not[i]);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hosts),
        cmocka_unit_test(test_every_line_is_met),
        cmocka_unit_test(test_freemail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
