/**
 * Findings of one message from its own header section. Each rule compares two times that different programs wrote.
 * What needs other messages (answers, copies) is in between.ts.
 */
import { parseDate } from '../message/date.js';
import { parseMessageIds } from '../message/msg-id.js';
import { getParameter, parseParameterized } from '../message/parameters.js';
import { findAnachronisms } from './anachronism.js';
import { show, showSpan } from './context-time.js';
import {
  type EmbeddedTime,
  timeInBoundary,
  timeInMessageId,
  timeInReceived,
  timeInThreadIndex,
} from './embedded-times.js';
import type { Finding, FindingCode, FindingLevel } from './finding.js';
import type { SignatureJudgement } from './judgement.js';
import type { SignedMessage } from './signed-message.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `signatures` are those of the message, judged. Pure. */
export function findInContext(message: SignedMessage, signatures: readonly SignatureJudgement[]): Finding[] {
  const date = dateOf(message);
  const among = [...findReceivedOrder(message), ...findProviderStamps(message)];
  if (date === undefined) return among;
  if (date < Date.UTC(1980, 0, 1) || date > Date.UTC(2100, 0, 1))
    return [...among, finding('date-implausible', 'notice', [`Date says ${show(date)}`])];
  return [
    ...findSigningTime(date, signatures),
    ...findFirstReceived(date, message),
    ...findEmbedded(date, message, signatures),
    ...findThreadIndex(date, message),
    ...findAnachronisms(date, message, signatures),
    ...among,
  ];
}

/** Milliseconds since 1970, from the topmost Date field. */
export function dateOf(message: SignedMessage): number | undefined {
  return parseDate(message.named('date')[0]?.body ?? '')?.time;
}

const finding = (code: FindingCode, level: FindingLevel, facts: readonly string[]): Finding => ({
  code,
  level,
  facts,
  others: [],
});

/** A signature that verifies fixes its t=; an unverified t= is somebody's word and never a conflict. */
function findSigningTime(date: number, signatures: readonly SignatureJudgement[]): Finding[] {
  return signatures.flatMap(({ signedAt, header, domain }): Finding[] => {
    if (signedAt === undefined) return [];
    const apart = signedAt * 1_000 - date;
    if (Math.abs(apart) <= day) return [];
    const isStrong = header === 'intact' && Math.abs(apart) > 7 * day;
    const facts = [
      `Date says ${show(date)}`,
      `${domain} signed at ${show(signedAt * 1_000)}, ${showSpan(apart)} ${apart > 0 ? 'later' : 'earlier'}`,
    ];
    return [finding('signed-far-from-date', isStrong ? 'conflict' : 'notice', facts)];
  });
}

/** Received fields from top to bottom with the time after their last semicolon. */
function receivedTimes(message: SignedMessage): { body: string; time: number }[] {
  return message
    .named('received')
    .slice(0, maxReceived)
    .flatMap(({ body }) => {
      const time = parseDate(body.slice(body.lastIndexOf(';') + 1))?.time;
      return time === undefined ? [] : [{ body, time }];
    });
}

/** A message of a thousand hops is not a thousand findings. */
const maxReceived = 100;

function findReceivedOrder(message: SignedMessage): Finding[] {
  const hops = receivedTimes(message);
  const facts: string[] = [];
  for (const [index, upper] of hops.entries()) {
    const lower = hops[index + 1];
    if (lower === undefined || lower.time - upper.time <= 10 * minute) continue;
    facts.push(
      `hop ${hops.length - index - 1} is at ${show(lower.time)}, the next one at ${show(upper.time)}, ${showSpan(lower.time - upper.time)} earlier`,
    );
  }
  return facts.length === 0 ? [] : [finding('received-out-of-order', 'notice', facts.slice(0, 10))];
}

function findFirstReceived(date: number, message: SignedMessage): Finding[] {
  const first = receivedTimes(message).at(-1);
  if (first === undefined) return [];
  const apart = first.time - date;
  // A queue may hold a message for five days (RFC 5321 4.5.4.1); nothing arrives before it is sent.
  if (apart >= -2 * hour && apart <= 5 * day) return [];
  const facts = [
    `Date says ${show(date)}`,
    `the first server received it at ${show(first.time)}, ${showSpan(apart)} ${apart > 0 ? 'later' : 'earlier'}`,
  ];
  return [finding('date-far-from-received', 'notice', facts)];
}

function findProviderStamps(message: SignedMessage): Finding[] {
  const facts: string[] = [];
  for (const { body } of [...message.named('received'), ...message.named('x-received')].slice(
    0,
    maxReceived,
  )) {
    const stamp = timeInReceived(body);
    const time = parseDate(body.slice(body.lastIndexOf(';') + 1))?.time;
    if (stamp === undefined || time === undefined || Math.abs(stamp.time - time) <= hour) continue;
    facts.push(`a Received field says ${show(time)}, its identifier ${show(stamp.time)}`);
  }
  return facts.length === 0 ? [] : [finding('provider-stamp-differs', 'conflict', facts.slice(0, 10))];
}

function findEmbedded(
  date: number,
  message: SignedMessage,
  signatures: readonly SignatureJudgement[],
): Finding[] {
  const id = parseMessageIds(message.named('message-id')[0]?.body ?? '').ids[0] ?? '';
  const type = message.named('content-type')[0]?.body ?? '';
  const boundary = /boundary/i.test(type)
    ? getParameter(parseParameterized(type).parameters, 'boundary')
    : '';
  const inId = timeInMessageId(id);
  const inBoundary = timeInBoundary(boundary);
  const others = [
    receivedTimes(message).at(-1)?.time,
    ...signatures.map(({ header, signedAt }) =>
      header === 'intact' && signedAt !== undefined ? signedAt * 1_000 : undefined,
    ),
  ];
  const compareWith = (
    code: FindingCode,
    embedded: EmbeddedTime | undefined,
    where: string,
    witness: EmbeddedTime | undefined,
  ): Finding[] =>
    compareEmbedded(
      code,
      date,
      embedded,
      where,
      [...others, witness?.time],
      message.named('received').length === 0,
    );
  return [
    ...compareWith('message-id-time-differs', inId, `its Message-ID (${id.slice(0, 80)})`, inBoundary),
    ...compareWith('boundary-time-differs', inBoundary, `its boundary (${boundary.slice(0, 80)})`, inId),
  ];
}

/**
 * One identifier against Date is a notice: patches keep old ones. It is a conflict where a second witness agrees with
 * it against Date. A message that no server stamped came out of a program that keeps mail, and where that gave the
 * identifier later (as to all of Enron's), the time is of the conversion: that explains, and is no more than info.
 */
function compareEmbedded(
  code: FindingCode,
  date: number,
  embedded: EmbeddedTime | undefined,
  where: string,
  witnesses: readonly (number | undefined)[],
  isUnstamped: boolean,
): Finding[] {
  if (embedded === undefined) return [];
  const apart = embedded.time - date;
  if (Math.abs(apart) <= (embedded.zoned ? day : 2 * day)) return [];
  const second = witnesses.find((time) => time !== undefined && Math.abs(time - embedded.time) <= 2 * day);
  const isStrong = second !== undefined && Math.abs(apart) > 7 * day;
  const facts = [
    `Date says ${show(date)}`,
    `${where} says ${show(embedded.time)} (${embedded.form}), ${showSpan(apart)} ${apart > 0 ? 'later' : 'earlier'}`,
  ];
  if (second !== undefined) facts.push(`another time in it agrees: ${show(second)}`);
  if (isStrong) return [finding(code, 'conflict', facts)];
  return [finding(code, isUnstamped && apart > 0 ? 'info' : 'notice', facts)];
}

function findThreadIndex(date: number, message: SignedMessage): Finding[] {
  const began = timeInThreadIndex(message.named('thread-index')[0]?.body ?? '');
  if (began === undefined || began.time - date <= day) return [];
  const facts = [
    `Date says ${show(date)}`,
    `its Thread-Index says that the conversation began at ${show(began.time)}`,
  ];
  return [finding('thread-index-after-date', began.time - date > 7 * day ? 'conflict' : 'notice', facts)];
}
