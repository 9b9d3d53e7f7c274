/**
 * Verbs that report what someone says, thinks, wants or shows, one a line:
 *
 *   tell told | o n: about of | …        base form and irregular past forms | what may follow | acts
 *
 * Before the colon: `s` a verb of speech, the others think, feel, want or show. What may follow: `q` its quotation or clause, before or after it (he said); `o` an addressee first (told CNN that);
 * `n` an object that is the content (praised the plan); `t` to and a verb (vowed to); `-` only a preposition.
 * After the colon: prepositions that open the content (called for, spoke of).
 * Acts are those of `acts.ts`; a verb without one reports and says no more.
 */
export const verbTable = `
say said | s q n: of about |
tell told | s o n: about of |
write wrote written | s q n: about of |
add | s q n |
note | s q n |
report | s q n: on | 
announce | s q n |
suggest | s q n |
argue | s q n: for against about |
state | s q n |
declare | s q n t |
insist | s q: on upon |
claim | s q n t |
contend | s q |
maintain | s q n |
assert | s q n |
explain | s q n o |
remark | s q n: on upon about |
observe | s q n |
mention | q n |
reply | s q: to |
respond | s q: to |
answer | s q n |
continue | s q |
conclude | s q n |
recall | s q n |
recount | s q n |
relate | n |
tweet | s q n: about |
retweet | n |
post | s q n: about |
email | - |
quip | s q |
joke | s q: about |
boast | s q n: of about that |
brag | q: about of that |
reiterate | s q n |
repeat | s q n |
stress | s q n |
emphasize | s q n |
emphasise | s q n |
underscore | q n |
underline | q n |
highlight | n |
outline | n |
detail | n |
describe | n: |
predict | s q n |
forecast | q n |
warn | s q o: of about against |
caution | s q o: against about |
inform | s o: of about |
assure | s o: of |
remind | s o: of about |
convince | o |
persuade | o |
promise | s q o t n |
pledge | s q t n |
vow | s q t n |
swear swore sworn | q t |
threaten | q t n |
guarantee | q n |
reveal | s q n |
disclose | s q n |
signal | q n |
hint | q: at |
imply | q n |
indicate | q n |
show shown | q n |
demonstrate | q n |
prove proven | q |
find found | q n |
discover | q n |
determine | q |
document | n |
estimate | q n |
calculate | q |
confirm | s q n | confirmation
verify | q n | confirmation
corroborate | n | confirmation
affirm | s q n | confirmation
testify | s q: to about |
acknowledge | s q n | concession
concede | s q n | concession
admit | s q n: to | concession
confess | s q: to | concession
grant | q | 
allow | q |
deny | s q n o | denial
dispute | s q n | denial
refute | n | denial
rebut | n | denial
reject | n | denial
dismiss | n | denial
disavow | n | denial
repudiate | n | denial
contradict | n | denial
disagree | q: with about on | denial
accuse | s n | accusation
allege | s q n | accusation
blame | n | accusation
charge | s q n | accusation
fault | n | accusation
implicate | n | accusation
apologize | q: for | concession
apologise | q: for | concession
regret | q n | concession
correct | n | correction
clarify | s q n | correction
amend | n | correction
retract | n | retraction
withdraw withdrew withdrawn | - |
recant | q n | retraction
walk | -: back | retraction
ask | s q o t n: about for if whether |
inquire | q: about |
question | q n |
wonder | s q: about if whether |
demand | s q n | demand
request | q n | demand
urge | q n | demand
implore | q n | demand
beg | q n: for | demand
exhort | n | demand
call | n: for on | 
insinuate | q |
speculate | s q: about on |
theorize | q |
surmise | q |
posit | q |
propose | q n t | demand
recommend | q n | demand
advise | q o n: against | demand
advocate | q n: for | demand
encourage | n |
push | -: for back | demand
press | -: for |
lobby | n: for against |
appeal | -: for to |
invite | n |
criticize | n | evaluation
criticise | n | evaluation
praise | n | evaluation
laud | n | evaluation
applaud | n | evaluation
commend | n | evaluation
congratulate | n | evaluation
hail | n | evaluation
tout | n | evaluation
extol | n | evaluation
celebrate | n |
condemn | n | evaluation
denounce | n | evaluation
decry | n | evaluation
deplore | n | evaluation
lament | s q n | evaluation
blast | n: | evaluation
slam | n | evaluation
bash | n | evaluation
attack | n | evaluation
mock | n | evaluation
ridicule | n | evaluation
deride | n | evaluation
disparage | n | evaluation
belittle | n | evaluation
insult | n | evaluation
chide | n | evaluation
scold | n | evaluation
rebuke | n | evaluation
assail | n | evaluation
rip | n: into | evaluation
skewer | n | evaluation
lambaste | n | evaluation
excoriate | n | evaluation
castigate | n | evaluation
berate | n | evaluation
knock | n | evaluation
hit | n: | evaluation
complain | s q: about of | evaluation
rail | -: against about | evaluation
lash | -: out | evaluation
protest | s q n: against | evaluation
object | q: to | evaluation
oppose | n | evaluation
support | n | evaluation
back | n: | evaluation
endorse | n | evaluation
defend | n | evaluation
favor | n | evaluation
favour | n | evaluation
welcome | n | evaluation
embrace | n |
champion | n | evaluation
approve | -: of n | evaluation
disapprove | -: of | evaluation
characterize | n |
characterise | n |
portray | n |
depict | n |
paint | n |
cast | n |
frame | n |
label | n |
brand | n |
dub | n |
compare | n |
liken | n |
equate | n |
cite | n |
quote | n |
invoke | n |
reference | n |
refer | -: to |
allude | -: to |
point | -: to out |
speak spoke spoken | -: of about out against |
talk | -: about of |
discuss | n |
debate | n: |
comment | -: on about |
touch | -: on |
elaborate | -: on |
weigh | -: in |
opine | s q |
muse | s q: about on |
ponder | n |
reflect | -: on |
agree | s q t: with on to |
concur | q: with |
believe | q n t: in |
think thought | q: about of |
know knew known | q n: about |
feel felt | q |
understand understood | q n |
realize | q n |
realise | q n |
recognize | q n |
recognise | q n |
remember | q n |
forget forgot forgotten | q |
assume | q |
presume | q |
suspect | q n |
doubt | q n |
fear | q n |
worry | q: about |
hope | q t: for |
expect | q t n |
anticipate | q n |
imagine | q n |
guess | q |
consider | q n |
regard | n |
view | n |
see saw seen | q n |
perceive | n |
deem | n |
judge | n |
reckon | q |
figure | q |
fret | q: about over |
bemoan | n |
want | t n |
wish | q t: for |
desire | n t |
prefer | n t |
need | |
like | n t |
love | n t |
dislike | n |
hate | n t |
admire | n |
respect | n |
distrust | n |
trust | n |
appreciate | n |
enjoy | |
intend | t n |
plan | t n: on |
aim | t |
seek sought | t n |
hesitate | t |
refuse | t n |
decline | t |
offer | t n |
decide | q t: on against |
opt | t |
choose chose chosen | t |
vote | t: for against |
order | n |
rule | q: out |
mandate | n |
ban | n |
prohibit | n |
authorize | n |
approve | n |
sign | |
veto | n |
nominate | n |
pressure | n |
challenge | n |
counter | s q n |
shoot shot | -: back |
fire | -: back |
retort | s q |
interject | q |
interrupt | q |
chime | -: in |
shout | s q |
yell | s q |
scream | q |
whisper | q |
exclaim | s q |
cry | q |
mutter | q |
murmur | q |
chant | q |
sigh | q |
vent | q |
fume | q |
gush | q |
tease | s q n |
taunt | n |
proclaim | s q n |
pronounce | q n |
trumpet | n |
unveil | n |
introduce | n |
release | |
issue | |
publish | n |
caption | s q |
conjecture | q |
attest | q: to |
vouch | -: for |
attribute | n |
credit | n |
warrant | |
tend | |
hold held | q |
reason | q |
stipulate | q |
specify | q n |
list | n |
title | n |
entitle | n |
read | q |
teach taught | q o |
preach | q n |
learn | q: about of |
hear heard | q n: about of |
ignore | n |
overlook | n |
misstate | n |
exaggerate | n |
downplay | n |
brush | -: aside off |
shrug | -: off |
express | n |
voice | n |
convey | q n |
communicate | q n |
articulate | n |
profess | q n t |
echo | n |
summarize | n |
sum | -: up |
spell | -: out |
lay laid | -: out |
put | -: it |
rant | -: about against |
gripe | q: about |
grumble | q: about |
whine | q: about |
campaign | -: for against on |
stump | -: for |
identify | n |
explore | n |
address | n |
target | n |
suggest | s q n |
tout | n |
cheer | n |
boo | n |
thank | n |
greet | |
marvel | q: at |
resent | n |
tolerate | n |
disclaim | n | denial
debunk | n | denial
disown | n | denial
backtrack | -: on | retraction
`;
