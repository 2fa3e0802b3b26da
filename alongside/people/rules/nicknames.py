"""Short and pet forms of given names, so that Bill finds William and Peggy finds Margaret."""

from collections.abc import Mapping

_GROUPS = """
abigail abby abbie gail
abraham abe bram
abdul abdullah
albert bert bertie al
alexander alexandra alex alec sandy sandra sasha xander lex alexa
alfred alf alfie fred
alice ally
alison ali
amanda mandy
andrew andy drew andrea
angela angie ange
ann anne anna annie nan nancy
anthony antony tony anton
arthur art artie
barbara barb babs
benjamin ben benji benny
bernard bernie
bridget bridie biddy
catherine katherine kathryn katharine kate katie kathy cathy cath kath kit kitty
charles charlie chas chuck charlotte lottie
christine christina chris chrissie tina kirsty
christopher kristopher topher kit
clement clem
daniel dan danny danielle dani
david dave davy dai
deborah debra deb debbie
derek del
dominic dom
donald don donnie
dorothy dot dottie dolly
edward eddie ed ted teddy ned edwin edmund
eleanor elinor ellie nell nora nellie
elizabeth elisabeth liz lizzie beth betty betsy bess eliza lisa libby elsie
ella ellie
emily em emma
eric rick
ernest ernie
eugene gene
evelyn eve evie
florence flo florrie flossie
frances francis fran frank frankie francesca
frederick fred freddie
gabriel gabrielle gabe gabby
geoffrey jeffrey geoff jeff
george georgie georgina
gerald gerry jerry gerard
gillian gill jill jilly
gordon gordie
grace gracie
gregory greg
gwendolen gwen
harold harry hal
helen nell ellen lena
henry harry hank
herbert herb bert
hugh huw hughie
ian iain
irene rene
isabel isabella isobel izzy bella belle
jacob jake
jacqueline jackie jacqui
james jim jimmy jamie jem
jane janet jan jenny
jennifer jenny jen jenna
jessica jess jessie
joan joanne joanna jo
john jack johnny jon jonathan ian
joseph joe joey josephine josie jo
joshua josh
judith judy jude
julia julie jules juliet
kenneth ken kenny
kimberley kim
laurence lawrence larry laurie
leonard len lenny leo
leslie lesley les
lewis louis lou louie
lillian lily lil
louise lou lulu louisa
lucy lucinda lu
madeleine maddie
margaret maggie meg peggy peg marge margie greta rita daisy madge
maria mary marie molly polly may mia
mark marcus
martin marty
matthew matt matty
maureen mo
maximilian max maxwell maxine
melanie mel melissa
michael mike mick mickey mikey
michelle shelly
mohammed muhammad mohammad mohamed muhammed mo
nathaniel nathan nat nate
natalie natasha nat tasha
nicholas nick nicky nicola nicolas
nigel nige
norman norm
oliver ollie olly olivia liv
pamela pam
patricia pat patsy tricia trish patrick paddy
paul paula paulie
penelope penny
peter pete
philip phillip phil pip philippa pippa
rachel rach
raymond ray
rebecca becky becca beck
reginald reg reggie
richard dick rick ricky rich richie
robert bob bobby rob robbie bert robin
roderick rod roddy
roger rog hodge
ronald ron ronnie
rosemary rose rosie
rupert bert
russell russ
samuel sam sammy samantha
sarah sara sally sal
sebastian seb bastian
sharon shaz
sidney sid
simon si
sophia sophie
stanley stan
stephen steven steve stevie
stephanie steph
stuart stewart stu
susan suzanne susannah sue suzie
terence terry teresa theresa tess
theodore theo ted
thomas tom tommy
timothy tim timmy
valerie val
vera vee
veronica ronnie
victoria vicky tori
victor vic
vincent vince vinny
violet vi
walter wally walt
wilfred wilf
william bill billy will willy liam
winifred win winnie freda
yvonne vonnie
zachary zac zack
"""


def _families() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for line in _GROUPS.split("\n"):
        for name in line.split():
            found.setdefault(name, []).append(line.split()[0])
    return {name: tuple(heads) for name, heads in found.items()}


HEADS = _families()


def full_forms(part: str) -> tuple[str, ...]:
    """The full names that a part of a name may be short for, itself among them where it is one; nothing where none is known.

    Source: pet forms in common use in Britain, gathered by hand; no register was asked.

    Example:
        >>> full_forms("bert"), full_forms("peggy"), full_forms("khan")
        (('albert', 'herbert', 'robert', 'rupert'), ('margaret',), ())
    """
    return HEADS.get(part, ())
