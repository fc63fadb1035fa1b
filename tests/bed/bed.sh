# SPDX-License-Identifier: MIT
# The test bed (bash, after tests/lib.sh): a provider's submission server and
# a recipient's MX, both Exim, and a Dovecot with LMTP, IMAPS and a Sieve rule,
# all private, on loopback, and not as root.
#
#   bed_start       starts all; ports and files in the variables below
#   bed_has USER    how many mails a mailbox of corp.example holds
#
# At the provider sender@prov.example may send, with the password "s3nd".
# In corp.example there are alice and bob ("secret1"). The MX says 552 to the
# recipient full@ and 550 to any other; to the senders (@prov.example) policy@
# 550, grey@ 450, content@ 550 after the data; it marks what spam@ sends.
# shellcheck shell=bash disable=SC2034,SC2154

# Read by the tests.
MX='' SUBMIT='' SUBMITS='' WRONG_NAME='' IMAPS=''
CA=$T/ca/ca.pem OTHER_CA=$T/ca/other.pem
IMAP_PASSWORD=secret1 SMTP_PASSWORD=s3nd

if [ "$(id -u)" = 0 ]; then
    bed_user=nobody bed_group=nogroup
    as_bed=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
else
    bed_user=$(id -un) bed_group=$(id -gn)
    as_bed=(env)
fi

bed_start() {
    PATH=$PATH:/usr/sbin:/sbin
    need openssl exim4 dovecot sievec
    free_port MX
    free_port SUBMIT
    free_port SUBMITS
    free_port WRONG_NAME
    free_port IMAPS
    free_port lmtp
    certificates
    write_dovecot
    write_exim provider
    write_exim mx
    [ "$bed_user" != nobody ] ||
        chown -R nobody:nogroup "$T/ca" "$T/dovecot" "$T/provider" "$T/mx" \
            "$T/mail"
    "${as_bed[@]}" sievec "$T/dovecot/junk.sieve" ||
        bed_broken dovecot/junk.sieve
    serve dovecot dovecot -F -c "$T/dovecot/conf"
    serve mx exim4 -C "$T/mx/conf" -bdf -q2s
    serve provider exim4 -C "$T/provider/conf" -bdf -q2s
    await dovecot "$IMAPS" "$lmtp"
    await mx "$MX" "$WRONG_NAME"
    await provider "$SUBMIT" "$SUBMITS"
}

# serve NAME COMMAND...: in the background, with a log, until the test ends.
serve() {
    local name=$1
    shift
    "${as_bed[@]}" "$@" >"$T/$name/output" 2>&1 &
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

bed_has() {
    find "$T/mail/$1@corp.example" -path '*/new/*' -o -path '*/cur/*' \
        2>/dev/null | wc -l
}

# --- certificates ----------------------------------------------------------

certificates() {
    mkdir -p "$T/ca" "$T/mail"
    authority ca 'Testbed CA'
    authority other 'Another CA'
    certificate server DNS:smtp.prov.example,DNS:mx.corp.example,\
DNS:imap.corp.example,DNS:localhost,IP:127.0.0.1
    certificate wrong DNS:elsewhere.example
}

key=(-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes)

authority() { # NAME WORDS
    openssl req -x509 "${key[@]}" -keyout "$T/ca/$1.key" \
        -out "$T/ca/$1.pem" -days 30 -subj "/CN=$2" 2>/dev/null
}

certificate() { # NAME SUBJECT-ALTERNATIVE-NAMES
    openssl req "${key[@]}" -keyout "$T/ca/$1.key" -subj "/CN=$1.example" \
        2>/dev/null |
        openssl x509 -req -CA "$T/ca/ca.pem" -CAkey "$T/ca/ca.key" \
            -CAcreateserial -days 30 -out "$T/ca/$1.crt" 2>/dev/null \
            -extfile <(echo "subjectAltName=$2")
    cat "$T/ca/$1.crt" "$T/ca/ca.pem" >"$T/ca/$1.pem"
}

# --- Exim ------------------------------------------------------------------

write_exim() { # provider or mx
    mkdir -p "$T/$1/spool"
    {
        cat <<END
spool_directory = $T/$1/spool
pid_file_path = $T/$1/pid
exim_user = $bed_user
exim_group = $bed_group
never_users =
keep_environment =
local_interfaces = 127.0.0.1
tls_advertise_hosts = *
host_lookup =
helo_lookup_domains =
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = acl_data
END
        "exim_$1"
        cat <<'END'
begin retry
* * F,1h,5s
END
    } >"$T/$1/conf"
}

# Says nothing against a recipient: a refusal by the MX is a bounce.
exim_provider() {
    cat <<END
primary_hostname = smtp.prov.example
daemon_smtp_ports = $SUBMIT : $SUBMITS
tls_on_connect_ports = $SUBMITS
tls_certificate = $T/ca/server.pem
tls_privatekey = $T/ca/server.key
auth_advertise_hosts = \${if eq{\$tls_in_cipher}{}{}{*}}
begin acl
acl_rcpt:
  deny    !authenticated = *
          message = 530 5.7.0 Authentication required
  accept
acl_data:
  accept
begin routers
corp:
  driver = manualroute
  domains = corp.example
  route_list = * 127.0.0.1
  self = send
  transport = to_mx
begin transports
to_mx:
  driver = smtp
  port = $MX
  allow_localhost
  hosts_avoid_tls = *
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{\$auth2}{sender@prov.example}}\
{eq{\$auth3}{$SMTP_PASSWORD}}}}
  server_set_id = \$auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = <| Username: | Password:
  server_condition = \${if and{{eq{\$auth1}{sender@prov.example}}\
{eq{\$auth2}{$SMTP_PASSWORD}}}}
  server_set_id = \$auth1
END
}

# On a port of its own it shows a certificate for another name.
exim_mx() {
    cat <<END
primary_hostname = mx.corp.example
daemon_smtp_ports = $MX : $WRONG_NAME
tls_certificate = $T/ca/\${if eq{\$received_port}{$WRONG_NAME}\
{wrong}{server}}.pem
tls_privatekey = $T/ca/\${if eq{\$received_port}{$WRONG_NAME}\
{wrong}{server}}.key
begin acl
acl_rcpt:
  deny    message = 550 5.7.1 Message rejected due to company policy
          senders = policy@prov.example
  defer   message = 450 4.7.1 Greylisted, please try again later
          senders = grey@prov.example
  deny    message = 552 5.2.2 Mailbox full
          recipients = full@corp.example
  deny    message = 550 5.7.1 relaying denied
          !domains = corp.example
  deny    message = 550 5.1.1 <\$local_part@\$domain> User unknown
          !local_parts = alice : bob
  accept
acl_data:
  deny    message = 550 5.7.1 Message content rejected
          senders = content@prov.example
  warn    senders = spam@prov.example
          add_header = X-Spam-Flag: YES
  accept
begin routers
corp:
  driver = manualroute
  domains = corp.example
  route_list = * 127.0.0.1
  self = send
  transport = to_lmtp
begin transports
to_lmtp:
  driver = smtp
  protocol = lmtp
  port = $lmtp
  allow_localhost
  hosts_avoid_tls = *
END
}

# --- Dovecot ---------------------------------------------------------------

write_dovecot() {
    mkdir -p "$T/dovecot/run"
    printf '%s@corp.example:{PLAIN}%s::::::\n' alice "$IMAP_PASSWORD" \
        bob "$IMAP_PASSWORD" >"$T/dovecot/passwd"
    cat >"$T/dovecot/junk.sieve" <<'END'
require ["fileinto", "mailbox"];
if header :contains "X-Spam-Flag" "YES" {
    fileinto :create "Junk";
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
listen = 127.0.0.1
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
