/** Who writes in the story. All of them, their addresses and telephone numbers (Ofcom's drama ranges) are invented. */
import type { Client, Person } from '../letter.ts';

function person(name: string, address: string, client: Client, signature?: string): Person {
  return signature === undefined ? { name, address, client } : { name, address, client, signature };
}

const authority = 'eastmarch-harbour.example';
const office = 'Port of Eastmarch Harbour Authority\nCustom House Quay, Eastmarch EM1 1AA';

function official(
  name: string,
  role: string,
  local: string,
  phone: string,
  client: Client = 'outlook',
): Person {
  return person(name, `${local}@${authority}`, client, `${name}\n${role}\n${office}\nT +44 1632 960${phone}`);
}

export const haldane = official('Corin Haldane', 'Director', 'c.haldane', '100');
export const abara = official('Ruth Abara', 'Finance Officer', 'r.abara', '112');
export const gedge = official('Martin Gedge', 'Contracts and Procurement', 'm.gedge', '118');
export const strand = official('Philippa Strand', 'Solicitor to the Authority', 'p.strand', '120');
export const voss = official('Adrian Voss', 'Communications', 'a.voss', '131');
export const tulloch = official('Bev Tulloch', 'PA to the Director', 'b.tulloch', '101');
export const rao = official('Sanjay Rao', 'IT Service Desk', 's.rao', '199');
export const penhallow = official(
  'Zoë Penhallow',
  'Environmental Officer',
  'z.penhallow',
  '126',
  'thunderbird',
);
/** Sends from the boat office's old program, which drops References. */
export const ferrie = person(
  'Duncan Ferrie',
  `harbourmaster@${authority}`,
  'thunderbird',
  'Capt. D. Ferrie, Harbour Master\nVHF 12 / +44 1632 960140',
);
export const tremlett = person(
  'Honor Tremlett',
  'h.tremlett@tremlett-chambers.example',
  'apple',
  'Honor Tremlett',
);
export const allStaff = person('All Staff', `all-staff@${authority}`, 'outlook');
export const payroll = person('Payroll', `payroll@${authority}`, 'outlook', 'Payroll, ext. 114');
export const copier = person('Copier 2nd floor', `copier2@${authority}`, 'device');

export const calder = person(
  'Gareth Calder',
  'gareth@caldermarine.example',
  'apple',
  'Gareth Calder\nManaging Director, Calder Marine Ltd\nM +44 7700 900201',
);
export const reilly = person(
  'Siobhan Reilly',
  's.reilly@caldermarine.example',
  'thunderbird',
  'Siobhan Reilly, Project Manager, Calder Marine Ltd\n+44 1632 960301',
);
export const vandeput = person(
  'Pieter Vandeput',
  'isolde@caldermarine.example',
  'thunderbird',
  'P. Vandeput\nmaster, TSHD Isolde',
);
export const calderAccounts = person(
  'Calder Marine Accounts',
  'accounts@caldermarine.example',
  'thunderbird',
  'Accounts, Calder Marine Ltd',
);
export const muller = person(
  'Jürgen Müller',
  'j.mueller@weser-baggertechnik.example',
  'thunderbird',
  'Jürgen Müller\nWeser Baggertechnik GmbH',
);
export const chen = person(
  '陈海燕',
  'sales3@haiyuan-pump.example',
  'thunderbird',
  '宁波海源泵业 销售部 陈海燕',
);

export const wrona = person(
  'Łukasz Wrona',
  'l.wrona@northfen-labs.example',
  'webmail',
  'Dr Łukasz Wrona\nSediment Geochemistry, Northfen Laboratories\n+44 1632 960410',
);
export const northfenDesk = person(
  'Northfen Sample Reception',
  'reception@northfen-labs.example',
  'thunderbird',
  'Northfen Laboratories, Sample Reception',
);
export const licensing = person(
  'Marine Licensing Casework',
  'casework@marine-licensing.example',
  'outlook',
  'Imogen Thackeray, Case Officer\nMarine Licensing Directorate',
);

export const farrow = person(
  'Nadia Farrow',
  'n.farrow@eastmarchcourier.example',
  'thunderbird',
  'Nadia Farrow, Eastmarch Courier\n+44 1632 960520 / signal on request',
);
export const brisling = person('Tom Brisling', 't.brisling@eastmarchcourier.example', 'apple', 'TB');
export const courierLegal = person(
  'Aoife Kerr',
  'a.kerr@kerr-media-law.example',
  'outlook',
  'Aoife Kerr\nKerr Media Law LLP',
);
/** Penhallow's private account. */
export const tidewrack = person('Z P', 'tidewrack@postbox.example', 'webmail');
export const ferriePrivate = person('D Ferrie', 'dferrie.pilotcutter@postbox.example', 'webmail');

export const list = person('Harbour users', 'harbour-users@lists.eastmarch-moorings.example', 'thunderbird');
export const pell = person(
  'Maggie Pell',
  'maggie@pellsmussels.example',
  'thunderbird',
  'Maggie Pell\nPell & Daughter, rope-grown mussels, Skerrow Sound',
);
export const trenchard = person(
  'Dave Trenchard',
  'trench57@postbox.example',
  'webmail',
  'Dave T  --  gaff cutter MERLE, trot 14',
);
export const quayle = person('Ron Quayle', 'r.quayle@oldsalt.example', 'mutt', 'R. Quayle (retd.)');
export const iyer = person(
  'Anjali Iyer',
  'a.iyer@eastmarch-college.example',
  'thunderbird',
  'Dr Anjali Iyer, Marine Ecology, Eastmarch College',
);
export const bosun = person('Lofty Hibbert', 'lofty@eastmarchsc.example', 'apple', 'Lofty, bosun, ESC');
export const aoyama = person(
  '青山 恵子',
  'k.aoyama@aoyama-kisen.example',
  'thunderbird',
  '青山汽船株式会社 運航部 青山恵子',
);
export const kim = person('김서연', 'sy.kim@hanbit-line.example', 'thunderbird', '한빛해운 운항팀 김서연');
export const sorokin = person(
  'Пётр Сорокин',
  'agent@belomor-agent.example',
  'thunderbird',
  'П. Сорокин, агентство Беломор',
);
export const linMei = person('林美華', 'mhlin@formosa-yacht.example', 'thunderbird', '林美華');
export const dredgingWeekly = person('Dredging Weekly', 'news@dredging-weekly.example', 'webmail');
export const tulip = person('The Tulip Tea Room', 'hello@tulip-tearoom.example', 'webmail');
