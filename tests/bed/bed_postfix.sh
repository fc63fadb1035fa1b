# SPDX-License-Identifier: MIT
# The bed's mail servers as Postfix (bash, for tests/bed/bed.sh): the one that
# is installed, or the one that ./bootstrap check unpacks in build/postfix,
# since the package cannot be installed beside Exim. Needs root.
# shellcheck shell=bash disable=SC2154

postfix_is_here() {
    [ "$(id -u)" = 0 ] || skip_all 'Postfix runs as root only'
    postfix_root=
    postfix_owner=postfix postfix_group=postdrop
    if [ ! -x /usr/lib/postfix/sbin/master ]; then
        postfix_root=$BUILD/postfix
        # Two accounts of every Debian, since its own ones are not here.
        postfix_owner=mail postfix_group=news
    fi
    postfix_lib=$postfix_root/usr/lib/postfix
    [ -x "$postfix_lib/sbin/smtpd" ] ||
        skip_all 'Postfix is neither installed nor in build/postfix'
    export LD_LIBRARY_PATH=$postfix_lib
    ! ldd "$postfix_lib/sbin/smtpd" | grep -F 'not found' >"$T/ldd" ||
        skip_all "Postfix lacks $(awk '{ printf "%s ", $1 }' "$T/ldd")"
    unset LD_LIBRARY_PATH
}

postfix_start() {
    local name
    for name in mx provider; do
        write_postfix "$name"
        serve "$name" env MAIL_CONFIG="$T/$name" \
            LD_LIBRARY_PATH="$postfix_lib" \
            "$postfix_lib/sbin/master" -c "$T/$name" -s
    done
}

write_postfix() { # provider or mx
    local at=$T/$1
    mkdir -p "$at/spool" "$at/data"
    {
        postfix_any "$at"
        "postfix_$1" "$at"
    } >"$at/main.cf"
    {
        "postfix_$1_ports"
        postfix_services
    } >"$at/master.cf"
    postfix_queue "$at/spool"
    chown "$postfix_owner" "$at/data"
    # It reads a file again and again until that is more than a second old.
    touch -d '10 seconds ago' "$at"/*
}

postfix_queue() {
    (
        cd "$1" || exit
        mkdir -m 700 active bounce corrupt defer deferred flush hold \
            incoming saved trace private
        mkdir -m 710 public
        mkdir -m 730 maildrop
        chown "$postfix_owner:$postfix_group" ./*
        mkdir -m 755 pid
    )
}

postfix_any() { # DIRECTORY
    cat <<END
compatibility_level = 3.6
queue_directory = $1/spool
data_directory = $1/data
daemon_directory = $postfix_lib/sbin
command_directory = $postfix_root/usr/sbin
meta_directory = $postfix_root/etc/postfix
shlib_directory = $postfix_lib
import_environment = MAIL_CONFIG LD_LIBRARY_PATH LANG=C
mail_owner = $postfix_owner
setgid_group = $postfix_group
maillog_file = $1/log
maillog_file_prefixes = $T
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
default_database_type = texthash
smtp_host_lookup = native
lmtp_host_lookup = native
smtpd_peername_lookup = no
smtpd_tls_security_level = may
smtpd_tls_chain_files = $T/ca/server.key, $T/ca/server.pem
minimal_backoff_time = 2s
maximal_backoff_time = 5s
queue_run_delay = 2s
END
}

# Says nothing against a recipient: a refusal by the MX is a bounce.
postfix_provider() {
    cat <<END
myhostname = smtp.prov.example
smtpd_sasl_type = dovecot
smtpd_sasl_path = $T/dovecot/run/auth-client
smtpd_sasl_auth_enable = yes
smtpd_tls_auth_only = yes
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_sender_login_maps = inline:{sender@prov.example=sender@prov.example}
smtpd_sender_restrictions = reject_sender_login_mismatch
transport_maps = inline:{{corp.example = smtp:[127.0.0.1]:$MX},
    {prov.example = lmtp:inet:127.0.0.1:$lmtp}}
END
}

postfix_provider_ports() {
    cat <<END
127.0.0.1:$SUBMIT inet n - n - - smtpd -o smtpd_tls_security_level=encrypt
127.0.0.1:$SUBMITS inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
END
}

postfix_mx() { # DIRECTORY
    cat <<END
myhostname = mx.corp.example
relay_domains = corp.example
relay_recipient_maps = inline:{alice@corp.example=1, bob@corp.example=1,
    full@corp.example=1}
relay_transport = lmtp:inet:127.0.0.1:$lmtp
smtpd_relay_restrictions = reject_unauth_destination
smtpd_sender_restrictions = check_sender_access texthash:$1/senders
smtpd_recipient_restrictions = check_recipient_access texthash:$1/recipients
header_checks = regexp:$1/headers
END
    cat >"$1/senders" <<'END'
policy@prov.example 550 5.7.1 Message rejected due to company policy
grey@prov.example 450 4.7.1 Greylisted, please try again later
END
    echo 'full@corp.example 552 5.2.2 Mailbox full' >"$1/recipients"
    cat >"$1/headers" <<'END'
/^From:.*content@prov.example/ REJECT 5.7.1 This message looks like spam
/^From:.*spam@prov.example/ PREPEND X-Spam-Flag: YES
END
}

# On a port of its own it shows a certificate for another name.
postfix_mx_ports() {
    cat <<END
127.0.0.1:$MX inet n - n - - smtpd
127.0.0.1:$WRONG_NAME inet n - n - - smtpd
    -o smtpd_tls_chain_files=$T/ca/wrong.key,$T/ca/wrong.pem
END
}

postfix_services() {
    cat <<'END'
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
END
}
