import { Command } from 'commander';
import { fsck } from '../fsck.js';
import { openTrove } from '../store/trove.js';
import { formatCount } from '../web/figures.js';
import { ExitCode } from './exit-code.js';
import { Output, printable } from './output.js';
import { jsonOption, troveOption } from './trove-option.js';

export function fsckCommand(): Command {
  return new Command('fsck')
    .description('re-hash everything and say what differs; changes nothing')
    .addOption(troveOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  $ impart fsck --trove hudson.trove')
    .action(async (options: { trove: string; json?: boolean }) => {
      const out = new Output();
      let findings = 0;
      const onChecked = (path: string): void => {
        if (process.stderr.isTTY) process.stderr.write(`checking ${printable(path)}\n`);
      };
      for await (const finding of fsck(openTrove(options.trove), onChecked)) {
        findings += 1;
        await (options.json === true
          ? out.json(finding)
          : out.line(`${finding.code}: ${printable(finding.subject)}: ${printable(finding.note)}`));
      }
      await out.flush();
      process.stderr.write(findings === 0 ? 'All is well.\n' : `${formatCount(findings)} findings.\n`);
      process.exitCode = findings === 0 ? ExitCode.ok : ExitCode.findings;
    });
}
