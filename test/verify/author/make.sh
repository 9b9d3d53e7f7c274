#!/bin/sh
# Makes the signed letters beside this script with programs that we did not write: OpenSSL 3.0 for S/MIME, GnuPG 2.2 for
# PGP/MIME. Private keys live in a temporary folder and are thrown away, so that a new run makes other bytes.
#
#   cd test/verify/author && ./make.sh
set -eu
here=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"; gpgconf --homedir "$work/gnupg" --kill all 2>/dev/null || true' EXIT
cd "$work"

# --- S/MIME -------------------------------------------------------------------------------------------------------
openssl req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -days 36500 -subj '/CN=Calder Test Root/O=Calder' 2>/dev/null
openssl req -x509 -newkey rsa:2048 -nodes -keyout lone.key -out lone.pem -days 36500 -subj '/CN=Lone/emailAddress=anna@calder.example' 2>/dev/null
issue() { # name, subject, key options
  name=$1 subject=$2; shift 2
  openssl req -newkey "$@" -nodes -keyout "$name.key" -out "$name.csr" -subj "$subject" 2>/dev/null
  printf 'subjectAltName=email:anna@calder.example\nextendedKeyUsage=emailProtection\n' > ext
  openssl x509 -req -in "$name.csr" -CA root.pem -CAkey root.key -CAcreateserial -days 36500 -extfile ext -out "$name.pem" 2>/dev/null
}
issue rsa '/CN=Anna Weaver' rsa:2048
issue ec '/CN=Anna Weaver' ec -pkeyopt ec_paramgen_curve:P-256
issue small '/CN=Anna Weaver' rsa:1024
openssl req -newkey rsa:2048 -nodes -keyout other.key -out other.csr -subj '/CN=Somebody Else/emailAddress=else@other.example' 2>/dev/null
openssl x509 -req -in other.csr -CA root.pem -CAkey root.key -CAcreateserial -days 36500 -out other.pem 2>/dev/null

header='From: Anna Weaver <anna@calder.example>
To: bob@calder.example
Subject: The pump
Date: Mon, 7 Mar 2016 10:00:00 +0000
Message-ID: <pump@calder.example>
'
printf 'Content-Type: text/plain; charset=us-ascii\r\n\r\nThe pump is paid for.\r\nFrom here on it is yours.  \r\n' > content
smime() { # file, options
  out=$1; shift
  { printf '%s' "$header"; openssl cms -sign -binary -in content "$@" | tr -d '\r'; } | sed 's/$/\r/' > "$here/$out"
}
smime smime-detached.eml -signer rsa.pem -inkey rsa.key -certfile root.pem
smime smime-opaque.eml -nodetach -signer rsa.pem -inkey rsa.key
smime smime-stream.eml -nodetach -stream -signer rsa.pem -inkey rsa.key
smime smime-ec.eml -signer ec.pem -inkey ec.key
smime smime-pss.eml -signer rsa.pem -inkey rsa.key -keyopt rsa_padding_mode:pss
smime smime-sha1.eml -md sha1 -signer rsa.pem -inkey rsa.key
smime smime-small.eml -signer small.pem -inkey small.key
smime smime-noattr.eml -noattr -signer rsa.pem -inkey rsa.key
smime smime-nocert.eml -nocerts -signer rsa.pem -inkey rsa.key
smime smime-lone.eml -signer lone.pem -inkey lone.key
smime smime-other.eml -signer other.pem -inkey other.key
smime smime-two.eml -signer rsa.pem -inkey rsa.key -signer ec.pem -inkey ec.key
smime smime-keyid.eml -keyid -signer ec.pem -inkey ec.key || true
cp root.pem "$here/root.pem"
cat rsa.pem > "$here/signer.pem"

# --- PGP/MIME -----------------------------------------------------------------------------------------------------
export GNUPGHOME="$work/gnupg"
mkdir -m 700 gnupg
cp content pgp-content
g() { gpg --batch --quiet --pinentry-mode loopback --passphrase '' "$@"; }
g --quick-generate-key 'Anna Weaver <anna@calder.example>' rsa2048 sign never
rsa=$(g --list-keys --with-colons anna@calder.example | awk -F: '/^fpr/{print $10; exit}')
g --quick-generate-key 'Ed Weaver <ed@calder.example>' ed25519 sign never
g --quick-generate-key 'Dsa Weaver <dsa@calder.example>' dsa2048 sign never
g --quick-generate-key 'Nist Weaver <nist@calder.example>' nistp256 sign never
g --quick-generate-key 'Sub Weaver <sub@calder.example>' ed25519 cert never
sub=$(g --list-keys --with-colons sub@calder.example | awk -F: '/^fpr/{print $10; exit}')
g --quick-add-key "$sub" rsa2048 sign never
g --faked-system-time 20100101T000000 --quick-generate-key 'Old Weaver <old@calder.example>' rsa1024 sign 2010-06-01
pgp() { # file, micalg, options
  out=$1 micalg=$2; shift 2
  g --armor --detach-sign "$@" --output sig.asc pgp-content
  {
    printf '%s' "$header"
    printf 'MIME-Version: 1.0\nContent-Type: multipart/signed; micalg=%s;\n protocol="application/pgp-signature"; boundary="b1"\n\nThis is signed.\n--b1\n' "$micalg"
    cat pgp-content
    printf '\n--b1\nContent-Type: application/pgp-signature; name="signature.asc"\n\n'
    cat sig.asc
    printf '\n--b1--\n'
  } | tr -d '\r' | sed 's/$/\r/' > "$here/$out"
  rm sig.asc
}
pgp pgp-rsa.eml pgp-sha256 -u anna@calder.example
pgp pgp-text.eml pgp-sha256 --textmode -u anna@calder.example
pgp pgp-sha1.eml pgp-sha1 --digest-algo SHA1 -u anna@calder.example
pgp pgp-ed25519.eml pgp-sha512 -u ed@calder.example
pgp pgp-dsa.eml pgp-sha256 -u dsa@calder.example
pgp pgp-nistp256.eml pgp-sha256 -u nist@calder.example
pgp pgp-subkey.eml pgp-sha256 -u sub@calder.example
pgp pgp-old.eml pgp-sha256 --faked-system-time 20100301T000000 -u old@calder.example
g --armor --export > "$here/keys.asc"
# A key that was withdrawn as compromised after it had signed.
g --quick-generate-key 'Rev Weaver <rev@calder.example>' ed25519 sign never
pgp pgp-revoked.eml pgp-sha256 -u rev@calder.example
rev=$(g --list-keys --with-colons rev@calder.example | awk -F: '/^fpr/{print $10; exit}')
sed 's/^:-----/-----/' "gnupg/openpgp-revocs.d/$rev.rev" > rev.asc
g --import rev.asc
g --armor --export rev@calder.example > "$here/revoked.asc"
printf 'The pump is paid for.\n- and yours.\n' > inline
{ printf '%s\n' "$header"; g --clearsign -u anna@calder.example --output - inline; } | sed 's/$/\r/' > "$here/pgp-inline.eml"
