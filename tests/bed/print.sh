# SPDX-License-Identifier: MIT
# Printing through a private cupsd whose backend keeps what it gets: what
# arrives is the report, and where it cannot be printed one is told why and
# finds it in a file.
. "${BASH_SOURCE[0]%/*}/../lib.sh"
. "${BASH_SOURCE[0]%/*}/bed.sh"
PATH=$PATH:/usr/sbin:/sbin
need cupsd
grep -q '^#define HAVE_CUPS 1' "$BUILD/config.h" ||
    skip_all 'built without printing'

S=$T/cups IPP= nobody=
user=$bed_user group=$bed_group
[ "$(id -u)" != 0 ] || user=lp group=lp

queue() { # NAME STATE MESSAGE ACCEPTING
    printf '%s\n' "<${DEFAULT-}Printer $1>" 'DeviceURI capture:/x' \
        "State $2" "StateMessage $3" "Accepting $4" 'ErrorPolicy abort-job' \
        '</Printer>'
}

write_cups() {
    mkdir -p "$S"/{etc/ppd,spool/tmp,cache,state,log,bin/backend,out}
    local each
    for each in daemon filter cgi-bin notifier; do
        ln -s "/usr/lib/cups/$each" "$S/bin/$each"
    done
    cat >"$S/etc/cupsd.conf" <<END
Listen 127.0.0.1:$IPP
Browsing Off
WebInterface No
DefaultAuthType None
PreserveJobFiles Yes
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
END
    cat >"$S/etc/cups-files.conf" <<END
ServerRoot $S/etc
RequestRoot $S/spool
TempDir $S/spool/tmp
CacheDir $S/cache
StateDir $S/state
DataDir /usr/share/cups
ServerBin $S/bin
AccessLog $S/log/access
ErrorLog $S/log/error
PageLog $S/log/page
User $user
Group $group
SystemGroup $([ "$group" = lp ] && echo lpadmin || echo root)
END
    {
        DEFAULT=Default queue office Idle '' Yes
        queue stopped Stopped 'out of paper' Yes
        queue away Idle 'moved to the second floor' No
        queue jammed Idle '' Yes
        queue slow Idle '' Yes
    } >"$S/etc/printers.conf"
    cat >"$S/bin/backend/capture" <<END
#!/bin/sh
[ \$# -gt 0 ] || { echo 'direct capture "Unknown" "capture"'; exit 0; }
case \$PRINTER in
    jammed) echo 'ERROR: the paper is jammed' >&2; exit 1 ;;
    slow) sleep 60 ;;
esac
cat \${6:-} >$S/out/\$PRINTER-\$1
echo "\$3" >$S/out/\$PRINTER-\$1.title
END
    chmod 755 "$S/bin/backend/capture"
    [ "$user" != lp ] || chown -R lp:lp "$S"/[!b]*
}

# printed QUEUE [SERVER]: prints the report with such a configuration, in a
# folder of its own; what was said in $T/said.
printed() {
    {
        echo '[report]'
        [ -z "$1" ] || echo "printer = $1"
        echo "print_server = ${2-127.0.0.1:$IPP}"
        [ -z "${MEDIA-}" ] || echo "media = $MEDIA"
    } >"$T/config"
    mkdir -p "$T/here" && cd "$T/here" && rm -f ./*
    "$NOLLEGO" report --print --config "$T/config" >"$T/said" 2>&1
}

# tells NAME STATUS REGEX: what the last one came to, and the file beside it.
tells() {
    is "$1: the status" "$status" "$2" "$T/said"
    holds "$1: is told" grep -qE -- "$3" "$T/said"
    if [ "$2" = 0 ]; then
        is "$1: no file is left" "$(ls "$T/here")" ''
    else
        holds "$1: the file is named" grep -q "$T/here/nollego-" "$T/said"
        holds "$1: the report is in it" cmp "$T/here/"nollego-*.txt "$T/report"
    fi
}

free_port IPP
write_cups
serve cups cupsd -f -c "$S/etc/cupsd.conf" -s "$S/etc/cups-files.conf"
await cups "$IPP"

"$NOLLEGO" diagnose --practice=hard-bounce --json >"$T/json"
"$NOLLEGO" report -o "$T/report"
# A printer of CUPS takes PDF; where we are built without it, text.
"$NOLLEGO" report --format pdf -o "$T/paper" 2>/dev/null || cp "$T/report" "$T/paper"
case $(head -c 4 "$T/paper") in %PDF) ending=pdf ;; *) ending=txt ;; esac

printed ''
status=$?
tells 'the default printer' 0 'impreso en office'
holds 'what arrives is the report' cmp "$S"/out/office-[0-9] "$T/paper"
code=$(sed -n 's/.*\([A-Z0-9]\{3\}-[A-Z0-9]\{3\}\).*/\1/p' "$T/report" |
    head -n 1)
is 'the job is named by its code' "$(cat "$S"/out/office-*.title)" \
    "nollego-$code.$ending"

MEDIA=iso_a4_210x297mm printed office
status=$?
tells 'by its name, on A4' 0 'impreso en office'

printed stopped
status=$?
tells 'a queue that is stopped' 1 'stopped está detenida.*out of paper'

printed away
status=$?
tells 'a queue that takes nothing' 1 'away no recibe trabajos.*second floor'

printed nowhere
status=$?
tells 'a queue that is not there' 1 'nowhere no existe'

printed jammed
status=$?
tells 'a printer that fails' 1 'jammed no pudo imprimir'

is 'nothing else came out' "$(ls "$S/out" | grep -v title | wc -l)" 2

free_port nobody
printed '' "127.0.0.1:$nobody"
status=$?
tells 'no server' 1 'servicio de impresión no responde'

printf 'hold\n' >"$T/hold"
"$BUILD/tests/peer" "$T/hold" >"$T/peer" 2>&1 &
at_end "stop $!"
wait_for 5 test -s "$T/peer"
silent=$(sed -n "1s/[^0-9]*//p" "$T/peer")
before=$(milliseconds)
printed '' "127.0.0.1:$silent"
status=$?
tells 'a silent server' 1 'servicio de impresión no responde'
holds 'which is not waited for without end' \
    test $(($(milliseconds) - before)) -lt 40000

done_testing
