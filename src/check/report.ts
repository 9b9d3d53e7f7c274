/** What a check found: for each thing that was looked at, whether it holds, and where it does not. */

export interface Finding {
  /** Stable, kebab-case; scripts may rely on it. */
  readonly check: string;
  /** What holds, or would. */
  readonly statement: string;
  /** Empty where it holds. */
  readonly faults: readonly string[];
  /** Of all faults, also those that are not listed. */
  readonly faultCount: number;
}

/** Faults listed of one check; the rest are counted. */
const maxListed = 50;

/** One thing that is being looked at. */
export class Check {
  readonly #check: string;
  readonly #statement: string;
  readonly #faults: string[] = [];
  #count = 0;

  constructor(check: string, statement: string) {
    this.#check = check;
    this.#statement = statement;
  }

  fault(text: string): void {
    this.#count += 1;
    if (this.#faults.length < maxListed) this.#faults.push(text);
  }

  /** A fault where `holds` is false. Returns `holds`. */
  expect(holds: boolean, text: string): boolean {
    if (!holds) this.fault(text);
    return holds;
  }

  /** `statement`: where what was found is part of it. */
  finding(statement = this.#statement): Finding {
    return { check: this.#check, statement, faults: this.#faults, faultCount: this.#count };
  }
}

/** For people: a line for each finding, and its faults below it. Control characters of a hostile folder do not drive the terminal. */
export function formatFindings(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ statement, faults, faultCount }) => [
    `${faultCount === 0 ? 'holds         ' : 'DOES NOT HOLD '} ${statement}`,
    ...faults.map((fault) => `               - ${fault}`),
    ...(faultCount > faults.length ? [`               - and ${faultCount - faults.length} more`] : []),
  ]);
  return lines.map((line) => `${line.replace(/\p{Cc}/gu, '\ufffd')}\n`).join('');
}
