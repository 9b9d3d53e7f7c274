/**
 * Every fact on which we and another parser differ, with the reason. The test fails on a difference that is not here,
 * and on an entry that no longer differs; docs/parser-conformance.md is made from it.
 */

export interface Explanation {
  readonly reason: string;
  /** `set: id` of each difference. */
  readonly facts: readonly string[];
}

export const explanations: readonly Explanation[] = [
  {
    reason:
      'Comments are no part of a display name or addr-spec (RFC 5322 3.2.2, 3.4); mail-parser appends them. Fields keep the whole body.',
    facts: [
      'mail-parser/address: 8',
      'mail-parser/address: 9',
      'mail-parser/address: 10',
      'mail-parser/address: 11',
      'mail-parser/address: 13',
      'mail-parser/address: 14',
      'mail-parser/address: 22',
      'mail-parser/address: 56',
    ],
  },
  {
    reason:
      'A `mailto:` in angle brackets is a URI of a List-* field (RFC 2369), not an addr-spec; in an address field the scheme is dropped.',
    facts: [
      'mail-parser/address: 38',
      'mail-parser/address: 39',
      'mail-parser/address: 40',
      'mail-parser/address: 41',
      'mail-parser/address: 43',
      'mail-parser/address: 44',
      'mail-parser/address: 45',
      'mail-parser/address: 46',
      'mail-parser/address: 47',
    ],
  },
  {
    reason: 'A word without "@" is no addr-spec (RFC 5322 3.4.1): it is kept as display name.',
    facts: [
      'mail-parser/address: 42',
      'python-email: msg_05.txt from',
      'python-email: msg_05.txt to',
      'python-email: msg_15.txt to',
      'ruby-mail: emails/error_emails/missing_body.eml to',
      'rspamd: priority.eml to',
      'rspamd: url10.eml to',
      'tika-mail: testRFC822-big from',
      'tika-mail: testRFC822-big to',
      'tika-mail: testRFC822-big cc',
      'tika-mail: testRFC822-limitedheaders from',
      'tika-mail: testRFC822-limitedheaders to',
      'tika-mail: testRFC822_oddfrom from',
      'tika-mail: testRFC822_simple_inline_body.txt from',
    ],
  },
  {
    reason: 'The language of an RFC 2231 value is not part of the contract.',
    facts: [
      'mail-parser/content_type: 29 parameters',
      'mail-parser/content_type: 30 parameters',
      'mail-parser/content_type: 59 parameters',
    ],
  },
  {
    reason:
      'RFC 2231 4.1: charset and language stand in the first segment only; mail-parser also strips them from later ones.',
    facts: ['mail-parser/content_type: 31 parameters'],
  },
  {
    reason: 'RFC 2047 6.2: blanks between adjacent encoded words are not shown, in quoted strings either.',
    facts: ['mail-parser/content_type: 34 parameters', 'ruby-mail: emails/error_emails/bad_subject.eml from'],
  },
  {
    reason:
      'The value is reported as written and refused later: RFC 2045 5.2 makes text/plain of it; its parameters are still read, because the charset is often right.',
    facts: [
      'mail-parser/content_type: 39 value',
      'mail-parser/content_type: 40 value',
      'mail-parser/content_type: 41 value',
      'mail-parser/content_type: 43 value',
      'mail-parser/content_type: 43 parameters',
      'mail-parser/content_type: 62 parameters',
      'mail-parser/content_type: 63 parameters',
      'mail-parser/content_type: 64 value',
      'mail-parser/content_type: 65 value',
      'mail-parser/content_type: 65 parameters',
      'mail-parser/content_type: 66 value',
      'mail-parser/content_type: 66 parameters',
      'mail-parser/content_type: 67 value',
      'mail-parser/content_type: 68 value',
      'mail-parser/content_type: 69 value',
      'mail-parser/content_type: 70 value',
      'mail-parser/content_type: 71 value',
      'mail-parser/content_type: 71 parameters',
      'mail-parser/content_type: 72 value',
      'mail-parser/content_type: 72 parameters',
    ],
  },
  {
    reason: 'Blanks at the end of a header body are removed before an unclosed quoted string is read.',
    facts: ['mail-parser/content_type: 55 parameters', 'mail-parser/content_type: 56 parameters'],
  },
  {
    reason:
      'Parameter names with "*" in places that RFC 2231 7 does not know are left out; mail-parser reads them up to the first "*".',
    facts: ['mail-parser/content_type: 61 parameters'],
  },
  {
    reason: 'A row of numbers ("4 8 15 16 23 42") is no date.',
    facts: ['mail-parser/date: 12'],
  },
  {
    reason: 'RFC 5322 4.5.4: blanks and comments inside an obsolete msg-id are not part of it.',
    facts: ['mail-parser/id: 6'],
  },
  {
    reason:
      'RFC 5322 2.2.3: unfolding removes the line end only; blanks of the folded line stay. mail-parser shortens them.',
    facts: [
      'mail-parser/unstructured: 2',
      'mail-parser/unstructured: 3',
      'mail-parser/unstructured: 4',
      'mail-parser/unstructured: 19',
      'mail-parser/unstructured: 24',
      'mail-parser/unstructured: 25',
      'mail-parser/unstructured: 26',
    ],
  },
  {
    reason: 'An encoded word that touches other text is decoded in place; mail-parser puts a blank between.',
    facts: [
      'mail-parser/unstructured: 21',
      'mail-parser/unstructured: 22',
      'mail-parser/unstructured: 27',
      'mail-parser/unstructured: 28',
    ],
  },
  {
    reason: 'mail-parser takes an empty part, or one without header section, for none.',
    facts: ['mail-parser/eml: malformed/000 lf structure', 'mail-parser/eml: malformed/000 crlf structure'],
  },
  {
    reason:
      'The innermost open boundary that equals the whole delimiter line counts; mail-parser takes the first of which it is a prefix (RFC 2046 5.1.1 allows that, and then parts of the outer multipart land in the inner one).',
    facts: [
      'mail-parser/eml: malformed/001 lf structure',
      'mail-parser/eml: malformed/001 crlf structure',
      'mail-parser/eml: malformed/008 lf structure',
      'mail-parser/eml: malformed/008 crlf structure',
      'mail-parser/eml: malformed/016 lf structure',
      'mail-parser/eml: malformed/016 crlf structure',
    ],
  },
  {
    reason:
      'A delimiter line of an enclosing multipart ends the inner one (RFC 2046 5.1.2); mail-parser reads on to the next inner delimiter.',
    facts: [
      'mail-parser/eml: malformed/009 lf structure',
      'mail-parser/eml: malformed/009 crlf structure',
      'mail-parser/eml: malformed/011 lf structure',
      'mail-parser/eml: malformed/011 crlf structure',
      'mail-parser/eml: malformed/012 lf structure',
      'mail-parser/eml: malformed/012 crlf structure',
      'python-email: msg_15.txt structure',
      'python-email: msg_39.txt structure',
    ],
  },
  {
    reason:
      'A delimiter line ends a header section without blank line; mail-parser leaves the multipart that the section declares unopened.',
    facts: [
      'mail-parser/eml: malformed/007 lf structure',
      'mail-parser/eml: malformed/007 lf content 1',
      'mail-parser/eml: malformed/007 crlf structure',
      'mail-parser/eml: malformed/007 crlf content 1',
      'mail-parser/eml: malformed/020 lf structure',
      'mail-parser/eml: malformed/020 crlf structure',
      'mail-parser/eml: malformed/021 lf structure',
      'mail-parser/eml: malformed/021 crlf structure',
    ],
  },
  {
    reason:
      'Fuzzed input: in a part whose very first line is no field there is no header section, so the fields further down are body; the first readable Date counts.',
    facts: [
      'mail-parser/eml: malformed/019 lf date',
      'mail-parser/eml: malformed/019 lf structure',
      'mail-parser/eml: malformed/019 lf content 8',
      'mail-parser/eml: malformed/019 lf content 9',
      'mail-parser/eml: malformed/019 crlf date',
      'mail-parser/eml: malformed/019 crlf structure',
      'mail-parser/eml: malformed/019 crlf content 8',
      'mail-parser/eml: malformed/019 crlf content 9',
    ],
  },
  {
    reason:
      'What is declared message/rfc822 is read as a message even without fields: its text is in the nested entity.',
    facts: ['mail-parser/eml: malformed/022 lf structure', 'mail-parser/eml: malformed/022 crlf structure'],
  },
  {
    reason:
      'Text after the padding of a base64 body ("== ignored") is not base64; mail-parser decodes it to noise.',
    facts: ['mail-parser/eml: thirdparty/002 lf content 2', 'mail-parser/eml: thirdparty/002 crlf content 2'],
  },
  {
    reason: 'A boundary in the middle of a line delimits nothing (RFC 2046 5.1.1).',
    facts: ['mail-parser/eml: thirdparty/005 lf content 5', 'mail-parser/eml: thirdparty/005 crlf content 5'],
  },
  {
    reason:
      'The CRLF form of the test breaks UTF-16 text in a binary part; we report the bytes as they then are.',
    facts: ['mail-parser/eml: thirdparty/005 crlf content 1'],
  },
  {
    reason:
      'Of two parameters with one name both are kept, the first counts; mail-parser drops the empty one.',
    facts: [
      'mail-parser/eml: thirdparty/010 lf parameters',
      'mail-parser/eml: thirdparty/010 crlf parameters',
    ],
  },
  {
    reason:
      'A nested multipart without parts is still the content of its message/rfc822, and the delimiter of the outer multipart ends it; mail-parser nests the following parts.',
    facts: ['mail-parser/eml: thirdparty/015 lf structure', 'mail-parser/eml: thirdparty/015 crlf structure'],
  },
  {
    reason:
      'Mime4J drops the text that follows a header section without blank line; we keep it as body, as Python does.',
    facts: [
      'mime4j/testmsgs: basic-plain-with-bad-header-separator 0 content',
      'mime4j/testmsgs: malformedHeader-noheader 0 content',
      'mime4j/testmsgs: malformedHeaderStartsBody-noheader 0 content',
      'mime4j/mimetools-testmsgs: hdr-fakeout 0 content',
    ],
  },
  {
    reason:
      'Mime4J has two modes for a stray line in the header section. We agree with the one that goes on (malformedHeader-nocrlfcrlf); this is the other.',
    facts: [
      'mime4j/testmsgs: malformedHeaderStartsBody-nocrlfcrlf 0 fields',
      'mime4j/testmsgs: malformedHeaderStartsBody-nocrlfcrlf 0 content',
    ],
  },
  {
    reason:
      'A multipart in whose body no delimiter line can be found is shown as text, or nobody would see it; the others show an empty multipart.',
    facts: [
      'mime4j/testmsgs: missing-boundary structure',
      'mime4j/testmsgs: missing-inner-boundary structure',
      'mime4j/mimetools-testmsgs: badbound structure',
      'python-email: msg_17.txt structure',
      'python-email: msg_41.txt structure',
      'rspamd: external_relay.eml structure',
      'rspamd: freemailcc.eml structure',
    ],
  },
  {
    reason:
      'RFC 2046 5.1.1: a boundary does not end with a blank, and blanks after it in a delimiter line are padding; Mime4J takes them as part of it.',
    facts: [
      'mime4j/testmsgs: very-long-boundary structure',
      'mime4j/testmsgs: very-very-long-boundary structure',
      'mime4j/testmsgs: weird-boundary structure',
    ],
  },
  {
    reason: 'The last, incomplete quantum of damaged base64 gives the bytes that it holds; Mime4J drops it.',
    facts: ['mime4j/mimetools-testmsgs: frag 11 content', 'mime4j/mimetools-testmsgs: multi-frag 5 content'],
  },
  {
    reason:
      'RFC 822 named the person in a comment ("joe@x.test (Joe)"), and mail of the time has it nowhere else; Python drops comments.',
    facts: [
      'python-email: msg_01.txt from',
      'python-email: msg_03.txt from',
      'python-email: msg_04.txt from',
      'python-email: msg_06.txt from',
      'python-email: msg_14.txt from',
      'python-email: msg_20.txt from',
      'python-email: msg_27.txt from',
      'python-email: msg_27.txt to',
      'python-email: msg_29.txt from',
      'python-email: msg_44.txt from',
      'ruby-mail: emails/multipart_report_emails/multi_address_bounce1.eml from',
      'ruby-mail: emails/multipart_report_emails/multi_address_bounce2.eml from',
      'rspamd: from/from_comment.eml from',
      'postal-mime: bounce.eml from',
    ],
  },
  {
    reason:
      'Python splits message/delivery-status, message/feedback-report and message/external-body into text parts; their bodies are fields (RFC 3464 2.1, RFC 5965 3, RFC 2046 5.2.3), kept as one leaf.',
    facts: [
      'python-email: msg_16.txt structure',
      'python-email: msg_36.txt structure',
      'python-email: msg_43.txt structure',
      'ruby-mail: emails/mime_emails/raw_email_with_mimepart_without_content_type.eml structure',
      'ruby-mail: emails/multipart_report_emails/multi_address_bounce1.eml structure',
      'ruby-mail: emails/multipart_report_emails/multi_address_bounce2.eml structure',
      'ruby-mail: emails/multipart_report_emails/multipart_report_multiple_status.eml structure',
      'ruby-mail: emails/multipart_report_emails/report_422.eml structure',
      'ruby-mail: emails/multipart_report_emails/report_530.eml structure',
      'postal-mime: arf.eml structure',
      'postal-mime: bounce.eml structure',
    ],
  },
  {
    reason:
      'Two delimiter lines in a row delimit an empty part (RFC 2046 5.1.1: a body part may be empty); Python skips it.',
    facts: ['python-email: msg_37.txt structure'],
  },
  {
    reason:
      'The declared boundary is missing or never comes; we use the one that the body shows (defect boundary-missing), Python finds no parts.',
    facts: [
      'python-email: msg_25.txt structure',
      'python-email: msg_31.txt structure',
      'rspamd: btc.eml structure',
      'rspamd: btc2.eml structure',
      'rspamd: btc3.eml structure',
      'rspamd: btc4.eml structure',
      'rspamd: phish_sender.eml structure',
      'rspamd: phish_sender3.eml structure',
      'rspamd: phish_sender5.eml structure',
      'rspamd: phish_sender6.eml structure',
      'email-outlook-message: gpg_signed.eml structure',
    ],
  },
  {
    reason:
      'A multipart that only has a close delimiter keeps its body as transferred; Python reports nothing.',
    facts: ['python-email: msg_42.txt 3 content'],
  },
  {
    reason: '`<>` is the empty reverse-path (RFC 5321 4.5.5): no addr-spec.',
    facts: ['python-email: msg_43.txt from', 'rspamd: currency.eml from'],
  },
  {
    reason:
      'RFC 2045 6.7 rule 3: blanks at the end of a quoted-printable line were added in transit; Python keeps them.',
    facts: ['ruby-mail: emails/attachment_emails/attachment_message_rfc822_inline_image.eml 3 content'],
  },
  {
    reason:
      'RFC 2047 5(3) forbids encoded words in parameters and names with blanks need quotes; mailers write both, Python reads up to the first blank or nothing.',
    facts: [
      'ruby-mail: emails/attachment_emails/attachment_with_base64_encoded_name.eml 2 name',
      'ruby-mail: emails/attachment_emails/attachment_with_unquoted_name.eml 2 name',
      'rspamd: fname.eml 2 name',
    ],
  },
  {
    reason: 'Blanks around a header body carry nothing and are removed; Python keeps trailing ones.',
    facts: [
      'ruby-mail: emails/error_emails/bad_date_header.eml subject',
      'ruby-mail: emails/error_emails/bad_subject.eml subject',
      'ruby-mail: emails/error_emails/empty_in_reply_to.eml subject',
      'ruby-mail: emails/error_emails/must_supply_encoding.eml subject',
      'tika-mail: testRFC822_simple_inline_body.txt subject',
    ],
  },
  {
    reason: 'Hour 59 does not exist; Python takes "59:10" for hour and minute.',
    facts: ['ruby-mail: emails/error_emails/bad_date_header2.eml date'],
  },
  {
    reason:
      'Bytes that are no UTF-8 are read as windows-1252 (defect eight-bit-header); Python replaces them.',
    facts: ['ruby-mail: emails/error_emails/invalid_subject_characters.eml subject'],
  },
  {
    reason: 'Python cannot give names or addresses beyond ASCII (RFC 6532) when read from bytes.',
    facts: [
      'ruby-mail: emails/error_emails/must_supply_encoding.eml from',
      'ruby-mail: emails/rfc6532/utf8_headers.eml from',
      'ruby-mail: emails/rfc6532/utf8_headers.eml to',
      'tika-mail: testRFC822_date_utf8 from',
      'tika-mail: testRFC822_date_utf8 to',
    ],
  },
  {
    reason:
      'An unclosed last part keeps its last line end; only a delimiter line would own it (RFC 2046 5.1.1).',
    facts: ['ruby-mail: emails/mime_emails/raw_email4.eml 4 content'],
  },
  {
    reason:
      'An address after words without angle brackets is an address ("Big Bug bb@bug.com"), two in a row are two, and an "@" in a name does not make it one; Python reads the whole as a local part or stops.',
    facts: [
      'ruby-mail: emails/plain_emails/mix_caps_content_type.eml from',
      'ruby-mail: emails/plain_emails/raw_email_multiple_from.eml from',
      'ruby-mail: emails/plain_emails/raw_email_multiple_from.eml to',
      'ruby-mail: emails/plain_emails/raw_email_with_at_display_name.eml to',
    ],
  },
  {
    reason:
      'A stray line does not end the header section where fields go on after it; for Python everything from there on is body.',
    facts: [
      'ruby-mail: emails/plain_emails/raw_email_incorrect_header.eml subject',
      'ruby-mail: emails/plain_emails/raw_email_incorrect_header.eml date',
      'ruby-mail: emails/plain_emails/raw_email_incorrect_header.eml from',
      'ruby-mail: emails/plain_emails/raw_email_incorrect_header.eml to',
      'ruby-mail: emails/plain_emails/raw_email_incorrect_header.eml 0 content',
      'ruby-mail: emails/rfc2822/example13.eml date',
      'ruby-mail: emails/rfc2822/example13.eml to',
      'ruby-mail: emails/rfc2822/example13.eml 0 content',
      'rspamd: phish_sender2.eml subject',
      'rspamd: phish_sender2.eml date',
      'rspamd: phish_sender2.eml from',
      'rspamd: phish_sender2.eml to',
      'rspamd: phish_sender2.eml structure',
      'rspamd: phish_sender4.eml subject',
      'rspamd: phish_sender4.eml date',
      'rspamd: phish_sender4.eml to',
      'rspamd: phish_sender4.eml structure',
    ],
  },
  {
    reason:
      'A delimiter as the very last line begins no part: there are no bytes of one. mail-parser agrees.',
    facts: ['rspamd: badboundary.eml structure'],
  },
  {
    reason: 'Five base64 digits hold three bytes; Python returns the digits undecoded.',
    facts: ['rspamd: fname.eml 1 content', 'rspamd: fname.eml 2 content'],
  },
  {
    reason: 'The From field stands twice: the first counts (defect duplicate-field), Python joins both.',
    facts: ['rspamd: phish_sender.eml from'],
  },
  {
    reason: 'Words such as "at" and the zone "GMT+1" do not spoil a date ("16 May 2016 at 09:30:32  GMT+1").',
    facts: ['tika-mail: testRFC822_date_utf8 date'],
  },
  {
    reason:
      'A message/rfc822 in base64 (which RFC 2046 5.2.1 forbids and GroupWise writes) is decoded and read; Python reads the encoded text as a message.',
    facts: ['tika-mail: testGroupWiseEml.eml structure'],
  },
];
