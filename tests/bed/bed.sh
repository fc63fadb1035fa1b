# SPDX-License-Identifier: MIT
# The test bed (bash, after tests/lib.sh): a provider's submission server and
# a recipient's MX, both Exim or both Postfix, and a Dovecot with LMTP, IMAPS
# and two Sieve rules, all private, on loopback. The Dovecot is at 127.0.0.2 as
# well, which its certificate does not name, and at 127.0.0.3 with one that has
# expired.
#
#   bed_start exim|postfix|any   starts all; ports and files in the variables
#   bed_has ADDRESS              how many mails that mailbox holds
#   bed_newest ADDRESS           the file of the last one
#   bed_dovecot                  starts the Dovecot again
#   bed_dovecot_dies             ends it, and every session
#
# At the provider sender@prov.example may send, with the password "s3nd"; its
# mailbox gets the bounces. In corp.example there are alice and bob
# ("secret1"), and the provider delivers to success@icommkt.com itself. The MX
# says 552 to the recipient full@ and 550 to any other; to the senders
# (@prov.example) policy@ 550, grey@ 450, content@ 550 after the data; it marks
# what spam@ sends. What says so in X-Bed-Rule goes to the folder Facturación.
# shellcheck shell=bash disable=SC2034,SC2154

# Read by the tests.
MX='' SUBMIT='' SUBMITS='' WRONG_NAME='' IMAPS='' dovecot=''
CA=$T/ca/ca.pem OTHER_CA=$T/ca/other.pem
IMAP_PASSWORD=secret1 SMTP_PASSWORD=s3nd

. "${BASH_SOURCE[0]%/*}/bed_exim.sh"
. "${BASH_SOURCE[0]%/*}/bed_postfix.sh"

# Not as root where that is not needed.
if [ "$(id -u)" = 0 ]; then
    bed_user=nobody bed_group=nogroup
    as_bed=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
else
    bed_user=$(id -un) bed_group=$(id -gn)
    as_bed=(env)
fi

bed_start() { # exim, postfix, or any of them
    local kind=$1
    PATH=$PATH:/usr/sbin:/sbin
    need openssl dovecot sievec
    if [ "$kind" = any ]; then
        kind=exim
        command -v exim4 >"$T/kind" || kind=postfix
    fi
    "${kind}_is_here"
    free_port MX
    free_port SUBMIT
    free_port SUBMITS
    free_port WRONG_NAME
    free_port IMAPS
    free_port lmtp
    certificates
    write_dovecot
    [ "$bed_user" != nobody ] ||
        chown -R nobody:nogroup "$T/ca" "$T/dovecot" "$T/mail"
    "${as_bed[@]}" sievec "$T/dovecot/junk.sieve" ||
        bed_broken dovecot/junk.sieve
    bed_dovecot
    "${kind}_start"
    await mx "$MX" "$WRONG_NAME"
    await provider "$SUBMIT" "$SUBMITS"
}

bed_dovecot() {
    serve dovecot "${as_bed[@]}" dovecot -F -c "$T/dovecot/conf"
    dovecot=$!
    await dovecot "$IMAPS" "$lmtp"
}

# Its sessions outlive it otherwise.
bed_dovecot_dies() {
    local sessions each
    read -ra sessions <"/proc/$dovecot/task/$dovecot/children"
    stop "$dovecot"
    for each in "${sessions[@]}"; do
        kill -KILL "$each" 2>/dev/null
    done
}

# serve NAME COMMAND...: in the background, with a log, until the test ends.
serve() {
    local name=$1
    shift
    "$@" >"$T/$name/output" 2>&1 &
    at_end "stop $!"
}

# await NAME PORT...: until it takes connections.
await() {
    local name=$1 port
    shift
    for port; do
        wait_for 5 listens "$port" || bed_broken "$name/output" "$name/log"
    done
}

bed_broken() { # FILE... whose ends say why
    cd "$T" && tail -n 20 "$@" 2>/dev/null | sed 's/^/# /'
    echo 'Bail out! The test bed does not start.'
    exit 1
}

bed_mails() {
    find "$T/mail/$1" \( -path '*/new/*' -o -path '*/cur/*' \) 2>/dev/null
}

bed_has() {
    bed_mails "$1" | wc -l
}

bed_newest() {
    # Maildir names begin with the time of arrival.
    bed_mails "$1" | awk -F / '{ print $NF, $0 }' | sort -V |
        sed -n '$s/^[^ ]* //p'
}

# --- certificates ----------------------------------------------------------

certificates() {
    mkdir -p "$T/ca" "$T/mail"
    authority ca 'Testbed CA'
    authority other 'Another CA'
    certificate server DNS:smtp.prov.example,DNS:mx.corp.example,\
DNS:imap.corp.example,DNS:localhost,IP:127.0.0.1
    certificate wrong DNS:elsewhere.example
    certificate expired IP:127.0.0.3 -1
}

key=(-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes)

authority() { # NAME WORDS
    openssl req -x509 "${key[@]}" -keyout "$T/ca/$1.key" \
        -out "$T/ca/$1.pem" -days 30 -subj "/CN=$2" 2>/dev/null
}

certificate() { # NAME SUBJECT-ALTERNATIVE-NAMES [DAYS]
    openssl req "${key[@]}" -keyout "$T/ca/$1.key" -subj "/CN=$1.example" \
        2>/dev/null |
        openssl x509 -req -CA "$T/ca/ca.pem" -CAkey "$T/ca/ca.key" \
            -CAcreateserial -days "${3:-30}" -out "$T/ca/$1.crt" 2>/dev/null \
            -extfile <(echo "subjectAltName=$2")
    cat "$T/ca/$1.crt" "$T/ca/ca.pem" >"$T/ca/$1.pem"
}

# --- Dovecot ---------------------------------------------------------------

write_dovecot() {
    mkdir -p "$T/dovecot/run"
    printf '%s:{PLAIN}%s::::::\n' alice@corp.example "$IMAP_PASSWORD" \
        bob@corp.example "$IMAP_PASSWORD" \
        sender@prov.example "$SMTP_PASSWORD" \
        success@icommkt.com "$IMAP_PASSWORD" >"$T/dovecot/passwd"
    cat >"$T/dovecot/junk.sieve" <<'END'
require ["fileinto", "mailbox"];
if header :contains "X-Spam-Flag" "YES" {
    fileinto :create "Junk";
    stop;
}
if header :contains "X-Bed-Rule" "facturas" {
    fileinto :create "Facturación";
    stop;
}
END
    {
        # 2.4 names many settings anew, and wants its version first.
        case $(dovecot --version) in
        2.[0-3].*) dovecot_23 ;;
        *) dovecot_24 ;;
        esac
        dovecot_any
    } >"$T/dovecot/conf"
}

dovecot_23() {
    cat <<END
ssl_cert = <$T/ca/server.pem
ssl_key = <$T/ca/server.key
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u $T/dovecot/passwd
}
local 127.0.0.3 {
  ssl_cert = <$T/ca/expired.pem
  ssl_key = <$T/ca/expired.key
}
userdb {
  driver = static
  args = uid=$bed_user gid=$bed_group home=$T/mail/%u
}
mail_location = maildir:~/Maildir
protocol lmtp {
  mail_plugins = sieve
  postmaster_address = postmaster@corp.example
}
plugin {
  sieve = file:~/sieve;active=~/.dovecot.sieve
  sieve_before = $T/dovecot/junk.sieve
}
END
}

dovecot_24() {
    cat <<END
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
ssl_server_cert_file = $T/ca/server.pem
ssl_server_key_file = $T/ca/server.key
passdb passwd-file {
  default_password_scheme = plain
  passwd_file_path = $T/dovecot/passwd
}
local 127.0.0.3 {
  ssl_server_cert_file = $T/ca/expired.pem
  ssl_server_key_file = $T/ca/expired.key
}
userdb static {
  fields {
    uid = $bed_user
    gid = $bed_group
    home = $T/mail/%{user}
  }
}
mail_driver = maildir
mail_path = ~/Maildir
protocol lmtp {
  mail_plugins {
    sieve = yes
  }
  postmaster_address = postmaster@corp.example
}
sieve_script junk {
  type = before
  path = $T/dovecot/junk.sieve
}
END
}

dovecot_any() {
    cat <<END
base_dir = $T/dovecot/run
state_dir = $T/dovecot/run
log_path = $T/dovecot/log
default_internal_user = $bed_user
default_internal_group = $bed_group
default_login_user = $bed_user
first_valid_uid = 1
protocols = imap lmtp
listen = 127.0.0.1, 127.0.0.2, 127.0.0.3
ssl = required
auth_mechanisms = plain login
auth_failure_delay = 0
namespace inbox {
  inbox = yes
  mailbox Junk {
    special_use = \\Junk
    auto = subscribe
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service auth {
  unix_listener auth-client {
    mode = 0666
  }
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = $IMAPS
  }
}
service lmtp {
  inet_listener lmtp {
    port = $lmtp
  }
}
END
}
