"""The rules of the grammar: what may be said. `sentences.py` expands them."""

# Symbol -> its alternatives; `{SYMBOL}` inside an alternative is expanded. An alternative that is listed twice is
# twice as likely.
GRAMMAR = {}


def define(symbol, alternatives):
    """Adds a rule: alternatives are separated by `|` or by line breaks."""
    GRAMMAR[symbol] = [text.strip() for text in alternatives.replace('\n', '|').split('|') if text.strip()]


# ---- nouns ---------------------------------------------------------------
define('N', """function|method|class|variable|module|file|folder|server|client|database|table|query|test|parser
cache|queue|worker|thread|process|loop|list|array|string|number|object|value|key|token|password|user|account|session
request|response|header|message|error|warning|exception|log|config|setting|option|flag|parameter|argument|result|output
input|buffer|stream|socket|port|network|connection|timeout|page|button|window|menu|dialog|form|field|label|icon|image
screen|keyboard|microphone|model|layer|script|command|terminal|editor|plugin|package|library|version|branch|commit
release|build|pipeline|job|task|ticket|bug|feature|patch|change|update|interface|type|schema|column|record|document
comment|line|block|statement|condition|check|helper|wrapper|handler|listener|event|callback|timer|counter|index|pointer
memory|disk|backup|container|image|cluster|service|endpoint|route|path|directory|template|component|test case|unit test
test suite|stack|heap|tree|graph|node|edge|map|set|array|iterator|generator|decorator|constant|default|limit|threshold
report|summary|chart|email|address|payment|order|product|customer|team|project|repository|pull request|code|code review
design|document|manual|guide|example|draft|transcript|sentence|word|letter|paragraph|text|audio|recording|sample|signal""")
define('NP', """functions|methods|classes|variables|modules|files|folders|servers|clients|tests|workers|threads|values|keys|tokens
users|accounts|requests|messages|errors|warnings|logs|settings|options|parameters|results|items|records|lines|words
comments|changes|updates|features|bugs|commits|branches|packages|images|pages|buttons|fields|events|numbers|strings
types|columns|rows|tables|queries|seconds|minutes|hours|days|tasks|tickets|examples|sentences|characters|bytes|retries""")
define('CN', """login|download|upload|search|parse|cache|retry|main|setup|start|import|export|print|save|load|payment|user|config
sync|render|update|delete|audio|network|database|error|test|sort|merge|build|email|session|file|data|input|output""")
define('A', """new|old|small|large|simple|slow|fast|empty|full|first|second|last|next|previous|current|local|remote|global|public
private|hidden|missing|broken|invalid|correct|wrong|unused|duplicate|temporary|internal|external|optional|required|main
default|single|final|extra|long|short|good|bad|better|clean|stable|safe|open|active|random|unique|common|static|async
shared|custom|failing|important|existing|entire|whole|same|different|original|special|nested|sorted|valid""")
define('ADV', """quickly|slowly|carefully|again|today|tomorrow|now|later|correctly|automatically|twice|once|first|soon|everywhere
properly|manually|immediately|silently|safely|directly""")
# ---- verbs ---------------------------------------------------------------
define('V', """add|remove|delete|create|update|fix|change|rename|move|copy|open|close|save|load|read|check|test|print|log|build
run|start|stop|restart|call|import|export|parse|validate|merge|split|sort|filter|find|replace|refactor|document|rewrite
review|commit|push|send|receive|store|reset|skip|ignore|handle|catch|wrap|cache|download|upload|install|configure|enable
disable|show|hide|clear|count|sync|render|format|convert|encode|decode|compress|extract|measure|simplify|improve|debug
deploy|publish|archive|restore|clone|inspect|record|connect|register|schedule|cancel|mock|return|set|get|use|keep|try|make|drop""")
define('VS', """adds|removes|deletes|creates|updates|fixes|changes|moves|copies|opens|closes|saves|loads|reads|checks|prints|logs
builds|runs|starts|stops|calls|imports|parses|validates|merges|splits|sorts|filters|finds|replaces|handles|returns
sends|receives|stores|resets|skips|ignores|catches|wraps|downloads|uploads|shows|clears|counts|converts|extracts|uses|needs|takes|gets|sets|keeps""")
define('VD', """added|removed|deleted|created|updated|fixed|changed|renamed|moved|copied|opened|closed|saved|loaded|checked
tested|printed|logged|started|stopped|called|imported|parsed|merged|sorted|replaced|reviewed|pushed|stored|skipped
ignored|cached|downloaded|uploaded|installed|enabled|disabled|cleared|converted|improved|deployed|published|restored|cancelled|documented""")
define('VG', """adding|removing|deleting|creating|updating|fixing|changing|moving|copying|opening|closing|saving|loading|reading
checking|testing|printing|building|running|starting|stopping|calling|parsing|merging|sorting|writing|sending|handling|using|debugging|waiting|working""")
define('VI', """fails|works|runs|stops|crashes|hangs|returns|starts|times out|breaks|finishes|waits|passes|loads|changes|exits""")
# ---- others --------------------------------------------------------------
define('NUM', """one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen
eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|one hundred|two hundred|one thousand|twenty one
twenty five|thirty two|sixty four|forty two|zero""")
define('UNIT', 'seconds|minutes|hours|days|bytes|items|lines|times|files|users|retries|percent|steps|megabytes|milliseconds|pages|words|weeks|months')
define('ORD', 'first|second|third|fourth|fifth|last|next')
define('DET', 'the|the|the|the|a|this|that|each|every|our|your|my|their|another')
define('PDET', 'the|the|all|all the|some|these|those|many|most|our|both|several|no')
define('LANG', 'Python|JavaScript|Rust|Java|Linux|Windows|Docker|GitHub|Google|English|Node|React|Swift|TypeScript|Kotlin|Ruby')
define('ACR', 'API|JSON|URL|HTML|SQL|CPU|CSS|HTTP')
define('PERSON', 'Anna|John|Maria|David|Peter|Sarah|Tom|Alice|Bob|Emma|Kate|Mark|the manager|the team|the designer|the customer|my colleague|the client|everyone|nobody|someone')
define('PRON', 'I|we|you|they')
define('PRON3', 'he|she|it')
define('DAY', 'Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday')
define('TIME', 'today|tomorrow|yesterday|this morning|this afternoon|tonight|next week|last week|on {DAY}|before lunch|after the meeting|in the morning|at {NUM}|every day|every night|this week|next month|later today|right now')
define('PLACE', 'in the {N}|from the {N}|to the {N}|on the {N}|inside the {N}|at the end of the {N}|at the top of the {N}|in the {A} {N}|for the {N}|from the {A} {N}|to the {A} {N}|behind the {N}|under the {N}|near the {N}|through the {N}|into the {N}|over the {N}|without the {N}|with the {N}|after the {N}|before the {N}|between the {N} and the {N}')
define('REF', '{DET} {N}|{DET} {N}|{DET} {A} {N}|the {CN} function|the {CN} method|the {CN} module|the {CN} button|the {CN} page|the {CN} test|the {CN} script|{PDET} {NP}|{PDET} {A} {NP}|the {N} {N}|the {ACR} {N}|the {LANG} {N}|{NUM} {NP}|a {A} {N}|an error message|an empty {N}|an {N2}')
define('N2', 'object|array|error|option|index|event|image|interface|exception|account|update|example|argument|address|input|item|idea|answer|issue|email')
define('SREF', 'the {N}|the {N}|the {A} {N}|this {N}|that {N}|the {CN} function|the {CN} test|the {CN} page|our {N}|my {N}|each {N}|the {N} {N}|the {ACR}|the {LANG} {N}')
define('PREF', 'the {NP}|these {NP}|all {NP}|some {NP}|the {A} {NP}|{NUM} {NP}|most {NP}|many {NP}|those {NP}|our {NP}')
# ---- clauses (no initial capital, no final punctuation) -------------------
define('IMP', """{V} {REF}|{V} {REF}|{V} {REF} {PLACE}|{V} {REF} and {V} {REF}|{V} {REF}, then {V} {REF}|{ADV} {V} {REF}
{V} {REF} before {VG} {REF}|{V} {REF} after {VG} {REF}|{V} {REF} {ADV}|{V} a {A} {N} to the {CN} function|{V} {REF} {TIME}
add a retry loop to the {CN} function|add a comment to {REF}|write a unit test for {REF}|write a {A} {N} for {REF}
move {REF} {PLACE}|rename {REF} to {N} {N}|return {REF} if {COND}|raise an exception if {COND}|log {REF} when {COND}
throw an error when {COND}|do not {V} {REF}|don't {V} {REF} {PLACE}|let's {V} {REF}|let us {V} {REF} {TIME}|please {V} {REF}
set the {N} to {NUM}|set the {A} {N} to {NUM} {UNIT}|increase the {N} to {NUM} {UNIT}|wait {NUM} {UNIT} before {VG} {REF}
make sure that {CL}|make sure {SREF} is {A}|check if {COND}|check whether {COND}|go to line {NUM}|go to the {ORD} line
scroll down {NUM} lines|select the {ORD} word|delete the {ORD} {N}|open the {CN} file|open a new {N}|close this {N}
try to {V} {REF}|remember to {V} {REF} {TIME}|use {REF} instead of {REF}|replace {REF} with {REF}|split {REF} into {NUM} {NP}
import the {CN} module from {REF}|create a {A} {N} called {N}|define a {N} named {CN} {N}|iterate over {PREF}|loop over {PREF} and {V} {REF}""")
define('COND', """{SREF} is {A}|{SREF} is not {A}|{SREF} is missing|{SREF} {VI}|{PREF} are {A}|{SREF} has no {N}|{SREF} does not exist
{SREF} is {VD}|{SREF} is greater than {NUM}|{SREF} is less than {NUM}|there is no {N}|there are no {NP}|{SREF} is already {VD}
{SREF} takes more than {NUM} {UNIT}|{SREF} doesn't match {REF}|{SREF} is equal to {NUM}|nothing has changed|{PRON} {V} {REF}""")
define('CL', """{SREF} {VS} {REF}|{SREF} {VS} {REF} {PLACE}|{PREF} are {VD} {ADV}|{SREF} is {A}|{SREF} was {VD} {TIME}|{SREF} {VI} when {COND}
{SREF} {VI} {ADV}|{PRON} {V} {REF}|{SREF} should {V} {REF}|{SREF} must {V} {REF} before {VG} {REF}|{SREF} can {V} {REF}
{SREF} has {NUM} {NP}|there is a {A} {N} {PLACE}|there are {NUM} {NP} {PLACE}|{SREF} will be {VD} {TIME}|{SREF} cannot {V} {REF}
{PRON} need to {V} {REF}|{PRON} have to {V} {REF} {TIME}|{PRON} want to {V} {REF}|{PRON} should {V} {REF} {TIME}|{PRON} will {V} {REF}
{PRON} can {V} {REF} {PLACE}|{PERSON} {VD} {REF}|{PERSON} is {VG} {REF}|{PERSON} will {V} {REF} {TIME}|{SREF} is too {A}
{SREF} takes {NUM} {UNIT}|{PREF} were {VD} {TIME}|{SREF} is {A} and {SREF} is {A}|{SREF} returns {REF}|it {VS} {REF}|it is {VD} {PLACE}
{PRON} are {VG} {REF}|{SREF} is faster than {REF}|{SREF} is more {A} than before|{SREF} doesn't {V} {REF}|{PRON} just {VD} {REF}
{PRON} already {VD} {REF}|{PRON} never {VD} {REF}|{PRON} always {V} {REF}|{PRON} only {V} {REF}|{SREF} uses {NUM} percent of the {N}""")
define('Q', """can you {V} {REF}|could you {V} {REF} {TIME}|why does {SREF} {V} {REF}|what does {SREF} return|where is {SREF}|how do {PRON} {V} {REF}
does {SREF} {V} {REF}|is {SREF} {A}|are {PREF} {A}|when will {PERSON} {V} {REF}|who {VD} {REF}|how many {NP} are {PLACE}
did you {V} {REF}|should {PRON} {V} {REF}|what is the {N} of {REF}|which {N} should {PRON} {V}|have you {VD} {REF}|would you {V} {REF} for me
how long does {SREF} take|what happens if {COND}|do {PRON} need {REF}|is there a {A} {N} {PLACE}""")
define('CM', """{V} {A} {N}|{V} {N} {N}|{V} {NP} {PLACE}|{V} {N} handling|{V} {REF} for {LANG}|fix {A} {N} in {CN} {N}|{VD} {REF} and {VD} {REF}
improve performance of {REF}|clean up {REF}|bump {N} version to {NUM}|remove {A} code|add support for {LANG}|update dependencies|fix typo {PLACE}""")
define('DAILY', """I will be {VG} from home {TIME}|the meeting starts at {NUM}|let's have a meeting {TIME}|thank you for the {N}|thanks for your help {TIME}
please send me the {N} {TIME}|I am {VG} the {N} {TIME}|the weather is {W} {TIME}|I would like a cup of {DRINK}|see you {TIME}
{PERSON} is on holiday {TIME}|I think {CL}|I hope {CL}|I know that {CL}|we are happy with the {N}|that sounds {GOOD}|this is {GOOD}
good morning everyone|good evening and welcome|have a nice day|the house is {W}|my {FAM} likes {FOOD}|we went to the {TOWN} {TIME}
I bought some {FOOD} {TIME}|can we talk about the {N} {TIME}|{PERSON} asked about the {N}|I have a question about {REF}|it is time to {V} {REF}
remind me to {V} {REF} {TIME}|the train arrives at {NUM}|dinner is at {NUM}|she likes to {LEIS}|he wants to {LEIS} {TIME}|they like to {LEIS} {TIME}
we had {FOOD} and {DRINK} for lunch|the {ANI} is {W}|there is a {ANI} in the {TOWN}|my {FAM} will {LEIS} {TIME}|it was a {A} day|I don't know|that's not right
I'm not sure about the {N}|it's a {A} {N}|we can't {V} the {N}|I'll {V} the {N} {TIME}|that is what I wanted to say|the answer is {NUM}
I live near the {TOWN}|could you help me with the {N}|call me {TIME}|my phone number has {NUM} digits|you are welcome|what time is it|how are you {TIME}""")
define('W', 'cold|warm|hot|nice|sunny|dark|quiet|big|little|beautiful|white|black|green|blue|red|yellow|happy|tired|hungry')
define('GOOD', 'great|good|perfect|interesting|difficult|easy|strange|possible|impossible|reasonable|wonderful|terrible|fine')
define('DRINK', 'coffee|tea|water|milk|orange juice')
define('FOOD', 'bread|apples|cheese|fish|chicken|soup|rice|salad|chocolate|pizza|bananas|cake|eggs')
define('FAM', 'mother|father|brother|sister|friend|wife|husband|daughter|son|neighbor')
define('TOWN', 'garden|kitchen|office|school|city|station|market|park|beach|library|street|hospital|airport|hotel|museum|river|mountain|house|room|forest')
define('LEIS', 'play music|read a book|watch a movie|go home|travel|cook dinner|learn English|write a letter|walk in the {TOWN}|ride a bicycle|drink {DRINK}|eat {FOOD}|drive to the {TOWN}|sleep|swim|paint|sing|play football|dance|work in the {TOWN}')
define('ANI', 'dog|cat|bird|horse|mouse|rabbit|cow|elephant|tiger')
define('DICT', """new line|new paragraph|scratch that|delete that|undo that|select all|copy that|paste it here|stop dictation|start dictation|camel case {CN} {N}
snake case {CN} {N}|open bracket|close bracket|full stop|question mark|open quote|close quote|go back|go to the end of the line|press enter|save the file|cancel that|yes|no|okay|hello world|hello""")
define('DOC', """returns {REF}|returns true if {COND}|returns false when {COND}|returns the {A} {N} or none|this function {VS} {REF}|this function {VS} {REF} and {VS} {REF}
this method {VS} {REF} {PLACE}|this class {VS} {REF}|the {N} parameter is {A}|the {N} argument is {A}|raises an error if {COND}|this test checks that {CL}
a {N} that {VS} {REF}|a helper that {VS} {REF}|the number of {NP} {PLACE}|the maximum number of {NP}|the path to the {N}|to do {V} {REF}|note that {CL}|warning {CL}
example {IMP}|by default {CL}|the {N} is {VD} {ADV}|see the {N} for more details|this is {A} because {CL}|used by the {CN} module|called when {COND}""")
define('JOIN', 'and|but|because|so|while|or|until|unless|since|although')
define('INTRO', 'First|Then|Next|Finally|However|Also|Maybe|Actually|For example|In general|Of course|After that|Now|Okay|Well|Yes|No|So|Today|Instead|Still|Again|Perhaps|Otherwise|Meanwhile')
