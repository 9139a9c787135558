"""Synthetic reports for measurements of size: any number of them, always the same ones.

    python bench/synthetic.py FOLDER NUMBER [--seed N]

A report tells a story - an event with a place, a day, a cast - that one to thirty reports tell, not
all with the same day or number. Persons are met again as in a real collection: most of those that
a report names were named before, some in hundreds of reports, and yet their number grows with the
case (a Pitman-Yor process in each country). Lengths are those of real news. Three reports in a
hundred share the first half of their text with an earlier one, as copies of an agency's do.

Everything is invented: the sentences, the places, the bodies, and the persons, whose names are
given names and surnames put together by chance.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import re
from bisect import bisect
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice
from pathlib import Path

__all__ = ["reports", "write"]

#: Words of a text of news: the least, every twentieth part, the most. Measured on the 924 articles
#: of PolNeAR 1.0 (training and development part; mean 749); words are what white space parts.
LENGTHS = (
    22, 170, 242, 286, 316, 351, 384, 419, 463, 515, 580, 663, 743, 842, 966, 1103, 1197, 1296, 1411,
    1572, 5513,
)  # fmt: skip
FIRST_DAY = dt.date(1985, 1, 1)
DAYS = 365 * 30
COUNTRIES, TOWNS, BODIES = 30, 1500, 1200
#: Discount and strength of the process that says whether a person is met for the first time; so
#: chosen that 10,000 reports name some 40,000 persons.
DISCOUNT, STRENGTH = 0.88, 10.0
#: How many stories are told at a time, and how many reports tell one: many few, few many.
UNDER_WAY, MOST_TOLD = 40, 30
COPIES = 0.03
#: How often a report gives another day, number or age than the story has.
DIFFERS = 0.15

# Names

#: Given names of men, of women, beginnings of surnames, ends of surnames.
CULTURES = tuple(
    tuple(part.split() for part in culture.split("/"))
    for culture in (
        """Adam Alan Brian Charles Colin Daniel David Edward Frank George Gordon Henry Hugh James
        John Joseph Keith Kevin Leonard Mark Martin Michael Neil Oliver Patrick Paul Peter Philip
        Ralph Richard Robert Roger Samuel Simon Stephen Thomas Victor Walter William /
        Alice Amanda Angela Ann Barbara Carol Catherine Christine Claire Deborah Diana Dorothy
        Eleanor Elizabeth Emily Frances Grace Hannah Helen Jane Janet Jennifer Joan Judith Julia
        Karen Laura Linda Lucy Margaret Martha Mary Nancy Patricia Rachel Rebecca Ruth Sarah Susan /
        Ash Beck Brad Burn Cald Carl Claver Corn Dal Den Eller Fair Farn Garth Gran Hal Hart Hol
        Kell Lang Lin Mar Mil Nor Oak Pem Rad Rock Sel Shel Stan Thorn Walling Wes Whit Win /
        ford ley ton well worth wood by son field more ham er brook""",
        """Anders Arne Axel Bjorn Erik Finn Georg Gunnar Hans Harald Henrik Ivar Jens Johan Karl
        Klaus Knut Lars Leif Magnus Mats Nils Olaf Otto Per Rolf Stefan Sven Tor Ulrich /
        Anna Annika Astrid Berit Birgit Brigitte Elsa Eva Frida Gerda Gudrun Heidi Helga Inga Ingrid
        Karin Kirsten Kristin Lena Liv Maja Marit Monika Petra Sigrid Silje Solveig Tove Ursula /
        Alm Ander Berg Bern Brand Dahl Eng Falk Fors Grim Gustaf Haug Hell Holm Joens Kron Lund Moll
        Nord Oster Peder Rasm Rosen Sand Sel Sjo Sten Stroem Thor Vester Wall /
        sen sson strand berg gren mann kvist dahl lund stad er """,
        """Aleksander Andrzej Anton Bogdan Boris Dmitri Emil Filip Grigori Igor Ivan Jakub Jan Jerzy
        Josef Kamil Konstantin Leonid Marek Mikhail Milan Nikolai Oleg Pavel Petr Roman Sergei
        Stanislav Tomasz Vasil Viktor Vladimir Yuri Zoran /
        Agata Alina Anastasia Barbora Danuta Darya Dragana Ekaterina Elena Ewa Galina Halina Irena
        Ivana Jana Jelena Katarina Ludmila Magda Marina Milena Nadia Natalia Olga Renata Sofia
        Svetlana Tatiana Vera Vesna Yulia Zofia /
        Adam Baran Bor Chern Dob Dub Gor Grab Jank Jel Kal Kam Koval Kras Lis Luk Mal Marko Mir Nov
        Ost Petr Pol Rad Rog Sav Sok Stan Tur Vas Vol Zab Zel /
        ov ic ski enko ak ek in ovich owicz uk""",
        """Alberto Alejandro Andres Antonio Carlos Cesar Diego Eduardo Emilio Ernesto Felipe
        Fernando Francisco Gabriel Guillermo Hector Ignacio Javier Jorge Jose Juan Julio Luis Manuel
        Marcelo Mario Miguel Pablo Pedro Rafael Ramon Raul Ricardo Roberto Sergio Tomas Vicente /
        Adriana Alicia Ana Beatriz Carla Carmen Cecilia Clara Dolores Elisa Esperanza Estela Gloria
        Graciela Ines Isabel Josefina Juana Leonor Lucia Luisa Marcela Maria Marta Mercedes Norma
        Paula Pilar Rosa Silvia Teresa Valeria Victoria Yolanda /
        Aguil Alar Alvar Arand Bal Bel Bust Cald Camp Card Casta Cort Del Esp Far Fonte Gal Garr
        Guerr Herr Lar Led Mal Med Mont Mor Nav Olm Ort Pal Per Quint Rib Rom Salaz Torr Val Vill /
        ez ado ero ar eda o on ales ano ina era""",
        """Abdul Ahmad Ali Amir Anwar Bashir Daoud Faisal Farid Habib Hamid Hassan Ibrahim Idris
        Ismail Jamal Kamal Karim Khalid Mahmoud Malik Mansour Mustafa Nabil Nasser Omar Rashid Saad
        Said Salim Samir Tariq Yusuf Zaid /
        Aisha Amal Amina Aziza Dalia Farida Fatima Hala Hanan Huda Iman Jamila Khadija Laila Leila
        Lina Maha Mariam Mona Nadira Nawal Noor Rania Rasha Rima Saida Salma Samira Sana Yasmin
        Zahra Zainab /
        Abbas Aziz Bakr Barak Darw Fadl Far Ghan Hadd Hak Hamd Hass Jab Jawad Kass Khal Khour Mans
        Mas Nahas Naj Qas Rahm Sab Sal Sham Shar Sul Tah Tamim Zubay /
        i ani awi ari an ouf oudi im oun aly""",
        """Chidi Daniel Emeka Femi Gideon Isaac Jabu Joseph Kato Kofi Kwame Lamin Mandla Moses Musa
        Njoroge Obi Okello Peter Samuel Sekou Simeon Sipho Solomon Tendai Themba Thomas Uche Yaw /
        Abena Ada Adwoa Amara Beatrice Blessing Chipo Comfort Esi Esther Faith Florence Funmi Gladys
        Grace Joyce Lindiwe Mercy Miriam Ngozi Nomsa Patience Precious Rose Ruth Thandi Wanjiru
        Winifred Zodwa /
        Ach Ade Aka Ama Asan Bal Chi Dlam Eke Gath Ike Kab Kam Kip Mak Mban Mok Mus Mut Ndi Ngu Nya
        Odu Oke Oko Ola Sith Tan Tsh Uzo Wek Zul /
        aba ani eke ole oro uma wa i oye engo ele""",
        """Aditya Ajay Amit Anand Anil Arjun Ashok Dev Dinesh Farhan Ganesh Gopal Hari Imran Kumar
        Mahesh Manoj Mohan Naveen Prakash Raj Rajesh Ravi Sanjay Shankar Suresh Vijay Vikram /
        Anita Anjali Asha Deepa Geeta Indira Jaya Kamala Kavita Lakshmi Leela Malati Meena Meera Nila
        Nisha Padma Pooja Priya Radha Rani Rekha Rukmini Savitri Shanta Sita Sunita Usha Vidya /
        Acha Agar Ban Bhand Bhatt Chakra Chaud Das Desh Gan Gup Jay Kap Krish Mal Meh Mukh Nar Pand
        Pat Raj Ram San Shar Shek Srin Sub Tri Var Venk Yad /
        ari pande kar el araj wal endra ma ani an appa""",
        """Arturo Benigno Budi Dedi Eko Ferdinand Hendra Hiroshi Jaime Jiro Joko Kenji Lito Made
        Masao Nguyen Nilo Ramil Rizal Rudi Somchai Takeshi Teguh Tran Wayan Yanto Yoshio /
        Aiko Ayu Chanthou Corazon Dewi Endang Fumiko Imelda Kaori Keiko Lan Ligaya Linh Luz Maricel
        Megawati Michiko Ngoc Nita Noriko Putri Ratna Rosario Siti Sri Sumiko Tuti Wati Yuko /
        Aga Aki Bala Cruz Dima Fuji Hara Hida Ishi Ita Kata Kusu Laca Maca Mago Mori Naka Ogu Pang
        Ram Rey Sala San Set Sula Suma Tana Tomo Wida Yama Yosh /
        kawa moto nda no da saki wan ngan tang yanto to""",
    )
)

_STARTS = """Al Am Bar Bel Bran Cal Cas Dal Dor El Fal Gal Gar Hal Il Jar Kal Kar Kes Lan Lor Mal
Mar Mor Nar Nor Ol Or Pal Per Quen Ral Ros Sal Sel Tal Tor Ul Val Ver Vil Zan Zor Bre Cre Dra Fre
Gri Kro Pra Sta Tre""".split()
_MIDDLES = "a e i o u an en in on ar er or ad ed ov av am em el ul".split()
_ENDS = """va na ra dor ten burg stad grad ville ton mar bad pur kand sk no la ca ria nia lund ford
gate haven mont dale zig pol tov vice""".split()
_BEFORE = ["Port", "San", "Santa", "New", "Upper", "Lower", "Saint", "Mount", "North", "El"]

_BODY_FORMS = [
    "{town} Police Department", "{town} Bar Association", "{town} District Court",
    "{town} City Council", "{town} University", "University of {town}", "{town} General Hospital",
    "Ministry of {field}", "Department of {field}", "National {field} Authority",
    "{country} Human Rights Commission", "{town} Centre for Human Rights", "{name} Foundation",
    "{name} Institute", "Committee for {cause}", "Association for {cause}", "{name} Mining Company",
    "{name} Holdings", "Bank of {town}", "{country} Airlines", "{country} Liberation Front",
    "Popular Front of {country}", "{country} People's Party", "Democratic Union of {country}",
    "{town} Workers' Union", "Federation of {field} Workers", "{number} Infantry Brigade",
    "{country} National Guard", "Supreme Court of {country}", "Truth Commission of {country}",
    "{town} Fire Service", "Diocese of {town}", "{country} Red Cross", "{name} & Sons",
]  # fmt: skip
_OUTLET_FORMS = [
    "{town} Courier", "{town} Herald", "{town} Gazette", "Radio {town}", "{country} News Agency",
    "{town} Tribune", "The {country} Observer", "Channel {number}",
]  # fmt: skip
_FIELDS = "Health Justice Interior Defence Education Agriculture Transport Energy Labour Fisheries"
_CAUSES = [
    "Peace and Justice", "the Disappeared", "Free Elections", "the Defence of Prisoners",
    "Relatives of Victims", "Land and Water", "Press Freedom", "Legal Aid", "Refugees",
]  # fmt: skip

ROLES = {
    "state": [
        "interior minister", "justice minister", "defence minister", "governor of {town}",
        "mayor of {town}", "member of parliament", "prosecutor", "judge", "ambassador to {abroad}",
        "president", "prime minister", "deputy prime minister", "senator", "police commissioner",
        "spokesman for the government", "attorney general", "district commissioner",
    ],
    "body": [
        "director of the {body}", "president of the {body}", "spokeswoman for the {body}",
        "secretary general of the {body}", "lawyer for the {body}", "chairman of the {body}",
        "head of the {body}", "investigator at the {body}", "treasurer of the {body}",
    ],
    "people": [
        "teacher", "farmer", "bus driver", "nurse", "journalist", "student", "trade unionist",
        "lawyer", "priest", "shopkeeper", "miner", "doctor", "engineer", "street vendor", "activist",
    ],
    "arms": [
        "commander of the {body}", "army colonel", "police captain", "general", "lieutenant",
        "commander of the garrison at {town}", "intelligence officer", "guerrilla commander",
    ],
}  # fmt: skip
TITLES = {
    "state": ["Minister", "Governor", "Senator", "Judge", "President", "Mayor"],
    "body": ["Dr", "Professor", "Director"],
    "people": ["Dr", "{mr}", "{mr}", "{mr}"],
    "arms": ["Colonel", "General", "Captain", "Major", "Lieutenant"],
}

# Sentences. [one|other] is a choice; {A} is somebody, {A.he} a pronoun of the same, and so on.

#: What a story can be: headlines, first sentences, and more of the same event.
STORIES: dict[str, dict[str, list[str]]] = {
    "killing": {
        "headline": ["{Toll} killed in {place}", "Gunmen kill {toll} near {place}"],
        "lead": [
            "[Gunmen|Unidentified men|Soldiers] [shot dead|killed] {toll} people in {place} on {when}, {source} said.",
            "At least {toll} people were killed [on {when}|late on {when}] when [soldiers|men in uniform|militiamen] opened fire in {place}, according to {source}.",
            "{Toll} people, among them {victim}, were [shot dead|killed] in {place} on {when}.",
        ],
        "more": [
            "{victim}, {age}, [was among the dead|was killed on the spot|died of {v.his} wounds in hospital].",
            "{accused} [ordered|led|planned] the attack, {source} said.",
            "{official} denied that [soldiers|the police|{v.his} men] had killed {victim}.",
            "{witness} told {outlet} that {w.he} had seen {accused} at the scene before the shooting.",
            "[Police|The army|{body}] put the number of dead at {toll}; [residents|relatives|survivors] spoke of {more}.",
            "The bodies of {victim} and {victim2} were [found|recovered] near {town} on {after}.",
        ],
    },
    "arrest": {
        "headline": ["{victim} arrested in {place}", "Police detain {toll} in {place}"],
        "lead": [
            "[Police|Security forces] arrested {victim} in {place} on {when}, {source} said.",
            "{victim} was [arrested|detained|taken from {v.his} home] in {place} on {when} by [plainclothes officers|soldiers|members of the {body}].",
            "{Toll} people, including {victim}, were detained in {place} on {when} on suspicion of {crime}.",
        ],
        "more": [
            "{v.He} was [taken to|held at|driven to] {town} and has not been allowed to see a lawyer, {source} said.",
            "{official} said {victim} was [suspected of|being questioned about] {crime}.",
            "{witness} said that {victim} had told {w.him} of threats from {accused}.",
            "{victim} was released on {after} without charge.",
            "The arrest of {victim} was ordered by {accused}, {source} said.",
            "{victim} denies [any part in|all knowledge of|having anything to do with] the {noun}.",
        ],
    },
    "protest": {
        "headline": ["Thousands march in {place}", "Protest in {place} over {topic}"],
        "lead": [
            "[Thousands|{Many} people|Hundreds] [marched|protested|demonstrated] in {place} on {when} against {topic}.",
            "Police [fired tear gas at|broke up|clashed with] a demonstration against {topic} in {place} on {when}, injuring {toll} people, {source} said.",
        ],
        "more": [
            "The march was led by {victim} and {victim2}.",
            "Organisers said {many} people took part; the police spoke of {fewer}.",
            "“We will not leave until {accused} resigns,” {victim} told the crowd.",
            "{official} accused {victim} of [inciting the crowd|having planned the violence|being paid from abroad].",
            "{victim} was hit by a [rubber bullet|stone|tear gas canister], {witness} said.",
            "{Toll} demonstrators were [arrested|injured] before the evening, according to the {body}.",
        ],
    },
    "trial": {
        "headline": ["{accused} [convicted|sentenced] in {place}", "Court hears case against {accused}"],
        "lead": [
            "A court in {place} [sentenced|on {when} sentenced] {accused} to {n} years in prison for {crime}.",
            "The trial of {accused}, who is accused of {crime}, [opened|resumed] in {place} on {when}.",
            "A court in {place} acquitted {accused} of {crime} on {when}.",
        ],
        "more": [
            "{accused} [pleaded not guilty|denied the charges|said {a.he} had only followed orders].",
            "{witness} testified that {accused} had [beaten|threatened|shot] {victim}.",
            "The prosecutor, {official}, [asked for|had demanded] {n} years.",
            "{official} told the court that {accused} ordered the killing of {victim} in {month}.",
            "{victim2}, a lawyer for {accused}, said {v2.he} would appeal.",
            "The court found that {victim} [died in custody|had been tortured] in {year}.",
        ],
    },
    "election": {
        "headline": ["{victim} wins [vote|election] in {place}", "{place} votes for new [mayor|council]"],
        "lead": [
            "{victim} was elected [mayor|governor] of {place} on {when} with {percent} per cent of the vote.",
            "{victim} [won|claimed victory in] the [election|vote] in {place} on {when}, defeating {accused}, {source} said.",
        ],
        "more": [
            "{accused}, {a.his} rival, [conceded defeat|refused to concede|spoke of fraud].",
            "{victim} succeeds {victim2}, who had held the office since {year}.",
            "Observers of the {body} said that {percent} per cent of the voters had [taken part|cast their votes].",
            "{witness} said {w.he} had seen ballot boxes being carried away by men of {accused}.",
            "{official} said that the vote had been [free and fair|orderly|the cleanest since {year}].",
        ],
    },
    "appointment": {
        "headline": ["{victim} named to head {body}", "{accused} resigns"],
        "lead": [
            "{victim} was appointed [director|head|president] of the {body} on {when}, {source} said.",
            "{accused} resigned as [director|head|chairman] of the {body} on {when} after [allegations of {crime}|weeks of protest].",
            "The government named {victim} [ambassador to {abroad}|governor of {place}|minister of justice] on {when}.",
        ],
        "more": [
            "{v.He} replaces {accused}, who [held the post|served] from {from} to {to}.",
            "{victim} [worked|had worked] as a lawyer for the {body} until {year}.",
            "{official} called the appointment [a mistake|long overdue|an insult to the victims].",
            "{victim}, {age}, was born in {town} and studied at {town2}.",
            "“{A.His} experience is what we need,” {official} said of {victim}.",
        ],
    },
    "bombing": {
        "headline": ["Bomb in {place} kills {toll}", "Explosion [rocks|shakes] {place}"],
        "lead": [
            "A [bomb|car bomb|landmine] exploded [near a market|outside a police station|on a bus] in {place} on {when}, killing {toll} people, {source} said.",
            "An explosion [tore through|destroyed part of] a [hotel|church|factory] in {place} on {when}, and {toll} people died.",
        ],
        "more": [
            "The {front} [claimed responsibility|said it had not carried out the attack].",
            "{official} blamed {accused} for the bombing.",
            "{victim}, {age}, lost {v.his} [wife|brother|daughter] in the explosion.",
            "Hospitals in {town} reported {more} dead and {many} wounded.",
            "{witness} said that a man had left a bag there a few minutes before.",
            "{accused}, the leader of the {front}, denied that {a.his} men [planted|had planted] the bomb.",
        ],
    },
    "disappearance": {
        "headline": ["Family seeks news of {victim}", "{victim} missing in {place}"],
        "lead": [
            "{victim} disappeared in {place} on {when} after [men in civilian clothes|soldiers] stopped {v.his} car, {source} said.",
            "Nothing has been heard of {victim} since {v.he} was abducted in {place} on {when}.",
        ],
        "more": [
            "{witness}, who was held with {v.him}, says {victim} was [tortured|still alive] in {month}.",
            "{official} said that {victim} had never been in custody.",
            "{v.His} [wife|mother|sister], {victim2}, has written to {accused} {n} times.",
            "A former guard told the {body} that {accused} had given the order to kill {victim}.",
            "Remains found near {town} in {year} may be those of {victim}, the {body} said.",
        ],
    },
    "strike": {
        "headline": ["Strike [closes|halts] [mines|ports|schools] in {place}", "Workers in {place} walk out"],
        "lead": [
            "{Many} workers of the {body} went on strike in {place} on {when} over {topic}.",
            "[Miners|Dockers|Teachers|Bus drivers] in {place} walked out on {when}, and {official} called for talks.",
        ],
        "more": [
            "“Nobody here can live on {money} a month,” said {victim}, a union leader.",
            "{accused} threatened to dismiss {toll} of the strikers.",
            "The union says that {percent} per cent of the workers joined; {accused} spoke of a few dozen.",
            "{victim} and {victim2} met {official} on {after} without result.",
        ],
    },
    "report": {
        "headline": ["Inquiry blames {accused}", "Report on {place} [published|released]"],
        "lead": [
            "An inquiry into the [killings|deaths|fire] at {place} [found|concluded] on {when} that {accused} was responsible.",
            "The {body} published a report on {when} that [accuses|clears] {accused} of {crime} in {place}.",
        ],
        "more": [
            "The report says that {accused} [knew of|ordered|covered up] the killing of {victim} in {year}.",
            "{official} rejected the report, saying that its authors had never been to {place}.",
            "{toll} people died there, the report says, and not {more}, as {accused} claimed in {month}.",
            "{witness} told the inquiry that {accused} had said to {w.him}: “Nobody must know of this.”",
            "According to the report, {victim} was still alive when {victim2} reached {town}.",
        ],
    },
}  # fmt: skip

#: Who says what: {quote} is a sentence of direct speech, {fact} one that can follow "that".
SAYING = [
    "“{quote},” {A} said.",
    "“{quote},” {A} [told reporters|said on {weekday}|told {outlet}|said in an interview].",
    "“{quote},” said {A}. “{Quote}.”",
    "“{quote},” {A.he} said.",
    "“{quote},” {A.he} added. “{Quote}.”",
    "[“{quote}|“{Quote}],” {A} told {outlet} on {weekday}, adding that {fact}.",
    "{A} [said|told reporters] that {fact}.",
    "{A} said {fact}.",
    "{A.He} said {fact}.",
    "{A.He} also said that {fact}.",
    "{A} [insists|maintains|believes|warned|admitted|acknowledged] that {fact}.",
    "{A} denied [that {fact}|having known that {fact}].",
    "{A} denied the allegations.",
    "According to {A}, {fact}.",
    "{fact}, according to {A}.",
    "{fact}, {source} said.",
    "[Prosecutors|Opposition leaders|Residents|Relatives|Aid workers|Officials] [say|said|claim] that {fact}.",
    "[Two|Three|Several] [witnesses|neighbours|officials], who asked not to be named, said {fact}.",
    "{A} said {B} had told {A.him} that {fact}.",
    "{A} said that {B} told {A.him} of what {C} had seen: {fact}.",
    "According to {outlet}, {A} told {B} that {fact}.",
    "{outlet} quoted {A} as saying that {fact}.",
    "The {body} said in a statement that {fact}.",
    "A spokesman for the {body} [declined to comment|did not return calls|said that {fact}].",
    "{A} [allegedly|reportedly] [paid|threatened|warned] {B} in {month}.",
    "It is not known whether {fact}.",
    "{A} called [the allegations|the report|the decision] “[nonsense|a farce|shameful|an insult].”",
    "In a letter to {B}, {A} wrote that {fact}.",
    "{A} [asked|urged|called on] {B} to [resign|apologise|open the archives|release the prisoners].",
    "{A}, [when asked|asked] about {B}, said: “{Quote}.”",
    "“{quote}” was all that {A} would say.",
    "Documents seen by {outlet} [show|suggest] that {fact}.",
    "[Rumours|Reports] that {fact} [could not be confirmed|were dismissed by {A}].",
    "{A} accused {B} of {crime}.",
    "{A} [criticised|defended|praised] {B} for [{B.his} silence|what {B.he} had said|{B.his} part in {topic}].",
]  # fmt: skip

QUOTES = [
    "We [saw|have seen] [no such order|nothing like it|the bodies ourselves]",
    "I [do not|did not] know [who gave the order|where they took him|what happened to the others]",
    "[This|It] is not [justice|what we were promised|about money]",
    "They [came at night|knocked on every door|took the young men away]",
    "[Nobody|No one] has been [punished|charged] for what was done in {town}",
    "We are [still waiting|tired of waiting] for an answer from {D}",
    "My [brother|father|sister] was killed in {town}, and I want to know why",
    "The [people|voters|families] of {place} [deserve|want] the truth",
    "I [signed|never signed] that [paper|order|confession]",
    "There were {n} of us in the cell, and only {few} came back",
    "{D} [lied to us|knew everything|was not even there]",
    "If the government [does not act|keeps silent], we will go to court",
    "[You|We] cannot build a country on [fear|lies|graves]",
    "The money [never arrived|went to {D}|was meant for schools]",
    "We will [look into it|study the report|cooperate with the inquiry]",
    "It was a [dark|terrible|decisive] day for {place}",
    "I am [proud of|ashamed of|sorry for] what we did",
    "Every [week|month] another [village|family] leaves",
    "They told us that he had [escaped|been released], but we knew that he was dead",
    "[Let|Please let] the court decide",
    "I have [nothing to hide|nothing to add|said all I know]",
    "The road to {town} was closed, so [nobody could help|the ambulances came too late]",
    "We asked {D} for help, and [he never answered|nothing came of it]",
    "[Some|Most] of them were [children|farmers|students] who had done nothing",
    "What {D} says about {E} is [simply not true|only half of the story]",
    "The vote was [stolen|clean], and [everybody|the whole country] knows it",
    "I would [do it again|not do it again], and I [have told|told] {D} so",
    "It will take [years|a generation] to [repair this|find all of them]",
]  # fmt: skip

FACTS = [
    "{D} [had ordered|ordered] the [attack|raid|arrests] in {town}",
    "{D} was [killed|arrested|tortured] in {town} in {month}",
    "{n} prisoners [died|were beaten|went missing] in {town}",
    "the [police|army] had [used|not used] live ammunition",
    "{D} and {E} [met|had met] in {town} on {before}",
    "the {body} had paid {money} to {D}",
    "{D} would [resign|stand for office|return to {town}] [next month|soon|within weeks]",
    "the number of victims was [higher|lower] than {many}",
    "the talks with the {body} [had failed|would go on|were under way]",
    "{D} [was|had been] [commander|head of security|governor] in {town} [at the time|until {year}]",
    "[soldiers|militiamen|men in uniform] had [burned|looted] {few} houses in {town}",
    "the [files|bodies|weapons] had been [hidden|found|destroyed] before the inquiry began",
    "the government would [appeal|pay compensation|reopen the case]",
    "{D} had [left|fled] the country in {year}",
    "no [order|decision] to [shoot|arrest anyone] was ever given",
    "the [election|vote] in {town} should be [held again|declared void]",
    "{percent} per cent of the [voters|families|workers] had [stayed at home|received nothing]",
    "{D} had been [seen|stopped] in {town} with {E} two days before",
    "the {body} knew of the [killings|payments|plans] as early as {month}",
    "the [strike|protest|march] would [go on|be called off]",
    "the charges against {D} were [political|without basis|serious]",
    "[he|she] had been [threatened|followed] by men of {D}",
    "the [bridge|road|hospital] in {town} was [unsafe|closed] [since {year}|that night]",
    "there had been [no warning|two warnings] before the [explosion|shooting]",
]  # fmt: skip

#: What is told without a speaker: roles and their years, earlier events, descriptions.
TELLING = [
    "{A} [served|had served] as {office} from {from} to {to}.",
    "{A}, who was {office} from {from} to {to}, [lives|now lives] in {town}.",
    "{A} has been {office} since {year}.",
    "{A} became {office} in {year} and [resigned|retired] in {to}.",
    "{A}, a former {office}, [joined|left] the {body} in {year}.",
    "{B} succeeded {A} as {office} in {month}.",
    "{A.He} [was born|grew up] in {town}, [the son of a farmer|the daughter of a teacher|one of {n} children].",
    "In {month}, {A} was [arrested|sentenced to {n} years in prison|released|wounded] in {town}.",
    "{A} [died|was killed|was murdered] in {town} on {before}.",
    "On {before}, [soldiers|police officers|rebels] [attacked|occupied|raided] {town} and killed {n} people.",
    "{many} people [fled|were displaced from|returned to] {town} [in {year}|after the fighting].",
    "The {body} was founded in {year} by {A} and {B}.",
    "{A} and {B} [signed|had signed] an agreement in {town} in {month}.",
    "{A} [met|will meet] {B} in {town} on {weekday}.",
    "[Parliament|The council|The court] will [debate|decide on] the matter next [week|month].",
    "The case [goes back|dates] to {month}, when {n} bodies were found near {town}.",
    "{A.His} [wife|husband|brother|lawyer], {B}, [was not in court|did not want to speak|left the country in {year}].",
    "The [road|railway|river] between {town} and {town2} [was blocked|has been closed] since {weekday}.",
    "It was the [third|fourth|second] such [attack|protest|incident] in {place} [this year|since {month}].",
    "Prices of [bread|fuel|rice] have risen by {percent} per cent [since {year}|in a year].",
    "{place} has [about|some] {many} inhabitants and [one hospital|no court of its own].",
    "[Shops|Schools|Offices] in {place} stayed closed [on {weekday}|for a second day].",
    "[Rain|Snow|Fog] [delayed|hampered] the [search|rescue work] on {weekday}.",
    "{A}, {age}, [teaches|taught|studied] at {town} [until {year}|for {n} years].",
    "An investigation [is under way|was opened|led nowhere].",
    "Few [expect|believe in] a quick [end|answer].",
    "The [square|market|courthouse] was [quiet|almost empty] [on {weekday}|in the evening].",
    "{A} did not [attend|respond to questions|appear].",
    "[Last|In {year}, a] [commission|mission] of the {body} [visited|had visited] {town}.",
    "{A} was {office} when the [war|uprising|strike] began in {month}.",
    "The [army|police] [lost|had lost] {n} men in [fighting|clashes] with the {front} near {town}.",
    "Under {A}, the {body} [bought|sold|built] [land|houses|two ships] worth {money}.",
]  # fmt: skip

#: What names nobody: most of a report describes, explains and weighs.
PLAIN = [
    "The [streets|lanes|houses] around the [market|square|station] still [bear|show] the [marks|traces] of [what happened|those days], though [most|many] of the [walls|windows] have since been [painted over|mended|replaced].",
    "For [many|most] of those who [live|work] here the [question|matter] is less who [was to blame|will govern] than whether the [water|power|wages] will [come back|be there] before the [winter|rains|harvest].",
    "[Few|None] of the [promises|plans] that were made [at the time|in those weeks] have been [kept|carried out], and the [patience|trust] of the [people|town] is [wearing thin|running out].",
    "The [building|house], a [grey|low|plain] block of [brick|concrete] behind a row of [trees|shops], has no [sign|number] and is [easily missed|known to everyone].",
    "It is a [country|region] in which [nearly everyone|every family] has a story of this [kind|sort], and in which [hardly anybody|almost nobody] expects that it will be [heard|written down].",
    "The [rules|laws] on this are [old|vague|unclear], and [lawyers|scholars] have [argued|quarrelled] for years over what they [allow|require] in a case where the [facts|papers] are [disputed|incomplete].",
    "What [followed|came next] is [disputed|hard to reconstruct], since the [records|registers] of that [night|week] are [missing|incomplete] and those who might [explain|fill] the gaps are [silent|abroad].",
    "[Outside|In front of] the [gate|building] a [small|silent] [group|line] of [women|relatives] stood in the [cold|heat|rain] with [photographs|flowers|candles], as they [do|have done] every [week|month].",
    "There is [little|no] [sign|evidence] so far that the [mood|situation] has [changed|improved], and [much|everything] will depend on [how|what] the [next|coming] [weeks|months] [turn out|bring].",
    "The [older|younger] [generation|people], who [remember|know] only [hard|quiet] times, [tend|prefer] to [keep|stay] out of it and to [talk|speak] of [other things|the weather] when [strangers|visitors] are near.",
    "[Money|Time] is another [problem|difficulty]: the [office|archive] has [one|a single] [telephone|computer] for its whole staff, and the [roof|heating] has been [broken|out of order] since the [spring|autumn].",
    "In the [long|end] run, [some|many] [observers|experts] think, the [economy|price of food] will [matter|count] more than [anything|everything] that is being [argued|shouted] about at the moment.",
    "The [road|track] [climbs|winds] through [fields|hills] that [nobody|hardly anyone] has [farmed|worked] for a long time, past [empty|ruined] [barns|houses] and a [school|chapel] without a roof.",
    "Such [cases|matters] [rarely|seldom] [end|come] before a judge, [partly|not least] because those who would have to [speak|give evidence] are [afraid|poor] and because the [files|papers] tend to [go missing|travel slowly].",
    "[Nothing|Little] in the [short|brief] text [explains|says] how the [decision|conclusion] was [reached|arrived at], or why it took so [long|many months] to [make it public|write it].",
    "On [paper|the face of it] the [system|procedure] is [simple|clear] enough, but in [practice|everyday life] it [depends|turns] on [who|whom] one knows and on how [long|patiently] one can [wait|stand in line].",
    "At the [back|end] of the [room|hall], behind a [table|bench] [covered|piled] with [papers|folders], a clerk was [reading|counting] and did not [look up|raise his eyes] for the [whole|rest of the] afternoon.",
    "The [debate|argument] is [as old as|older than] the [state|republic] itself, and it [returns|comes back] whenever the [treasury|government] is [short|in need] of [money|friends].",
    "[Critics|Opponents] see in this a [pattern|habit] of [delay|evasion], [others|supporters] a [sensible|necessary] [caution|patience] in a place where [quick|rash] [steps|words] have [cost|done] so much.",
    "By the [afternoon|evening] the [crowd|queue] had [thinned|gone], the [stalls|shops] were [open|being opened] again, and [children|boys] were [playing|kicking a ball] where [barriers|cars] had stood in the morning.",
    "The [figures|numbers] should be [read|treated] with [care|caution], as they were [gathered|collected] by different people at different times and not [all|everywhere] in the same [way|manner].",
    "Whether that is [enough|true] [remains|is still] to be seen, but it is [more|rather more] than [anyone|most people] had [hoped|bargained] for when the [year|talks] began.",
    "It is the sort of [sentence|detail] that is [easily|often] [overlooked|forgotten], and yet the [whole|entire] [argument|account] [hangs|rests] on it.",
    "[Hotels|Cafés] and [taxis|buses] [complain|suffer] too, for [visitors|tourists] have [stayed away|become rare], and [those|the few] who come do not [stay|linger] after [dark|sunset].",
    "The [hall|room] was so [full|crowded] that [late|some] [listeners|arrivals] stood on the [stairs|pavement], where they could [hear|follow] only [half|part] of what was being [read|said].",
    "A [map|list] on the wall, [yellow|faded] with age, [shows|gives] the [villages|parishes] as they [were|stood] before the [dam|railway] came, with names that are no longer [used|known].",
    "[Good|Better] [seed|tools] would [help|be a start], as would a [bridge|road] that does not [wash away|sink] each time the [river|stream] [rises|floods], but for that there has never been any [money|interest].",
    "That [answer|reply] did not [satisfy|convince] [everyone|many], and there was [laughter|murmuring] in the [back rows|room] before the [session|meeting] was [closed|adjourned] for the day.",
    "The [process|work] is [slow|painstaking] and asks for [patience|a steady hand], because [each|every] [fragment|sheet] must be [cleaned|dried], [numbered|described] and compared with all the others.",
    "[Much|A good deal] of this was [known|suspected] [already|before], but it had never been [set out|told] in such [detail|plain words] and with so [many|few] [reservations|doubts].",
    "To an [outsider|visitor] the [quarrel|difference] may seem [small|slight], but it [touches|goes to the heart of] how [land|work] is [shared|divided] and who may [speak|decide] for whom.",
    "There are [three|several] [ways|paths] to [do|achieve] that, none of them [cheap|easy], and each would [need|require] the [consent|help] of people who have not been on [speaking|good] terms for years.",
]  # fmt: skip

#: What makes a sentence longer, before its last full stop.
TAILS = [
    ", in a [year|season] that had [seemed|promised] to be [quieter|better] than the last",
    " after [weeks|months] in which hardly anything had been heard of the [matter|affair]",
    ", a point on which the [parties|two sides] have [differed|disagreed] from the very [beginning|start]",
    ", although the [details|circumstances] are [far from|not at all] clear",
    " in what has become one of the [longest|most bitter] [disputes|quarrels] of [recent|these] years",
    ", and there was no [sign|hint] that this would [change|be different] any time soon",
    " at a time when the [attention|eyes] of the [public|country] [is|are] on [other|quite different] things",
    ", as had long been [expected|feared] by those who [know|follow] the [place|question] well",
    " despite [repeated|earlier] [appeals|assurances] to the contrary",
    ", which would be [a first|unusual] in a [country|place] that has [seen|known] so [little|few] of it",
    " without [giving|going into] any further [details|reasons]",
    ", if the [papers|accounts] that have [come to light|been found] since are to be [trusted|believed]",
    " against the [advice|wishes] of nearly everyone who had been [asked|consulted]",
    ", for reasons that have [never|not] been [made|wholly] public",
]  # fmt: skip

_CRIMES = [
    "murder", "corruption", "torture", "fraud", "kidnapping", "treason", "war crimes", "bribery",
    "crimes against humanity", "illegal possession of weapons", "arson", "spreading false news",
]  # fmt: skip
_TOPICS = [
    "rising prices", "police violence", "the new labour law", "a planned dam", "unpaid wages",
    "corruption", "the closure of a hospital", "the war", "the eviction of families", "censorship",
]  # fmt: skip
_SOURCES = [
    "police", "officials", "residents", "the police", "witnesses", "a hospital official",
    "the {body}", "{official}", "{outlet}", "state television", "a lawyer", "{witness}",
]  # fmt: skip
_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()
_PRONOUNS = {
    "m": {"he": "he", "him": "him", "his": "his"},
    "f": {"he": "she", "him": "her", "his": "her"},
}


# The world


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented; the office is held to from report to report."""

    given: str
    surname: str
    sex: str
    title: str
    office: str

    @property
    def name(self) -> str:
        """The full name."""
        return f"{self.given} {self.surname}"


@dataclass(slots=True)
class Country:
    """A country with its towns and bodies, and the persons met in it so far."""

    name: str
    culture: tuple[list[str], ...]
    towns: list[str]
    bodies: list[str]
    outlets: list[str]
    met: list[Person] = field(default_factory=list)
    draws: list[int] = field(default_factory=list)
    counts: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Story:
    """An event and those who had part in it."""

    kind: str
    country: Country
    place: str
    day: dt.date
    toll: int
    many: int
    body: str
    crime: str
    topic: str
    cast: dict[str, Person]


def _zipf[T](chance: random.Random, items: Sequence[T], weights: dict[int, list[float]]) -> T:
    """One of the items, the first ones more often."""
    size = len(items)
    if size not in weights:
        weights[size] = list(accumulate(1 / (rank + 2) for rank in range(size)))
    return items[bisect(weights[size], chance.random() * weights[size][-1])]


class World:
    """Countries, and who is met in them."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self._weights: dict[int, list[float]] = {}
        seen: set[str] = set()
        self.countries = [self._country(seen) for _ in range(COUNTRIES)]

    def pick[T](self, items: Sequence[T]) -> T:
        """One of the items, the first ones more often."""
        return _zipf(self.chance, items, self._weights)

    def person(self, country: Country, kind: str) -> Person:
        """Somebody met before, or somebody new."""
        known, drawn = len(country.met), len(country.draws)
        if self.chance.random() * (drawn + STRENGTH) < STRENGTH + DISCOUNT * known:
            number = known
            country.met.append(self._new(country, kind))
        else:
            number = self._again(country)
        country.draws.append(number)
        country.counts[number] += 1
        return country.met[number]

    def _again(self, country: Country) -> int:
        while True:
            number = self.chance.choice(country.draws)
            count = country.counts[number]
            if self.chance.random() * count < count - DISCOUNT:
                return number

    def _new(self, country: Country, kind: str) -> Person:
        chance = self.chance
        men, women, starts, ends = country.culture
        sex = "m" if chance.random() < 2 / 3 else "f"
        given = self.pick(men if sex == "m" else women)
        if chance.random() < 0.1:  # noqa: PLR2004 - a share
            given = f"{given} {chance.choice('ABCDEFGHJKLMNPRSTW')}."
        surname = f"{chance.choice(starts)}{chance.choice(ends)}"
        office = self.office(country, kind)
        title = chance.choice(TITLES[kind]).format(mr="Mr" if sex == "m" else "Ms")
        return Person(given, surname, sex, title, office)

    def office(self, country: Country, kind: str) -> str:
        """What somebody can be."""
        return self.chance.choice(ROLES[kind]).format(
            town=self.pick(country.towns),
            abroad=self.pick(self.countries).name,
            body=self.pick(country.bodies),
        )

    def _country(self, seen: set[str]) -> Country:
        chance = self.chance
        name = self._place(seen, _ENDS[16:19] + ["nia", "ria", "land", "stan"])
        towns = [self._place(seen, _ENDS) for _ in range(TOWNS // COUNTRIES)]
        culture = chance.choice(CULTURES)

        def fill(form: str) -> str:
            return form.format(
                town=self.pick(towns),
                country=name,
                field=chance.choice(_FIELDS.split()),
                cause=chance.choice(_CAUSES),
                name=f"{chance.choice(culture[2])}{chance.choice(culture[3])}",
                number=chance.choice(["First", "Second", "Third", "Fourth", "Seventh"]),
            )

        bodies = sorted({fill(chance.choice(_BODY_FORMS)) for _ in range(BODIES // COUNTRIES)})
        chance.shuffle(bodies)
        outlets = [fill(chance.choice(_OUTLET_FORMS)) for _ in range(5)]
        return Country(name, culture, towns, bodies, outlets)

    def _place(self, seen: set[str], ends: Sequence[str]) -> str:
        chance = self.chance
        while True:
            middle = chance.choice(_MIDDLES) if chance.random() < 2 / 3 else ""
            name = f"{chance.choice(_STARTS)}{middle}{chance.choice(ends)}"
            if chance.random() < 0.12:  # noqa: PLR2004 - a share
                name = f"{chance.choice(_BEFORE)} {name}"
            if name not in seen:
                seen.add(name)
                return name

    def story(self) -> Story:
        """Something that happened."""
        chance = self.chance
        country = self.pick(self.countries)
        kinds = {
            "victim": "people",
            "victim2": "people",
            "accused": chance.choice(["arms", "state"]),
            "official": "state",
            "witness": "people",
        }
        kind = chance.choice(list(STORIES))
        if kind in {"election", "appointment"}:
            kinds["victim"] = "state"
        cast: dict[str, Person] = {}
        for part, what in kinds.items():
            person = self.person(country, what)
            while person in cast.values():
                person = self.person(country, what)
            cast[part] = person
        return Story(
            kind=kind,
            country=country,
            place=self.pick(country.towns),
            day=FIRST_DAY + dt.timedelta(days=chance.randrange(DAYS)),
            toll=min(400, 1 + int(chance.paretovariate(0.9))),
            many=chance.choice([200, 500, 800, 2000, 3000, 5000, 12000, 40000]),
            body=self.pick(country.bodies),
            crime=chance.choice(_CRIMES),
            topic=chance.choice(_TOPICS),
            cast=cast,
        )


# A report

#: How much of a report describes, says, tells; the rest is of its event. With these, a text has about
#: as many names, events and claims a word as PolNeAR has (``kg extract`` on both).
_SHARES = ((0.42, PLAIN), (0.79, SAYING), (0.92, TELLING))
#: How many sentences that are not plain have a tail.
LONGER = 0.5

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
_SOMEBODY = frozenset("ABCDE")
_PARTS = {
    "v": "victim", "v2": "victim2", "a": "accused", "w": "witness", "o": "official",
}  # fmt: skip


class Report:
    """The writing of one report of a story."""

    def __init__(self, world: World, story: Story) -> None:
        self._world = world
        self._chance = world.chance
        self._story = story
        chance = self._chance
        late = chance.choice([0, 1, 1, 1, 2, 3, 7])
        self._published = story.day + dt.timedelta(days=late)
        differs = chance.random() < DIFFERS
        self._day = story.day + dt.timedelta(days=-chance.randint(1, 2) if differs else 0)
        differs = chance.random() < DIFFERS
        self._toll = max(1, story.toll + chance.randint(-2, 6)) if differs else story.toll
        self._american = chance.random() < 1 / 2
        self._ages: dict[str, int] = {}
        self._named: set[str] = set()
        self._others: list[Person] = []
        self._decks: dict[int, list[str]] = {}
        self._last: Person | None = None

    def text(self, words: int, begun: Sequence[str] = ()) -> list[str]:
        """The paragraphs, about so many words; those that another report began come first."""
        chance = self._chance
        forms = STORIES[self._story.kind]
        paragraphs = list(begun)
        if not begun:
            if chance.random() < 0.7:  # noqa: PLR2004 - a share
                paragraphs.append(self._sentence(chance.choice(forms["headline"])).rstrip("."))
                self._named.clear()  # a text names in full whom its headline names
            paragraphs.append(self._head() + self._sentence(chance.choice(forms["lead"])))
        length = sum(len(each.split()) for each in paragraphs)
        while length < words:
            paragraph = self._paragraph(forms["more"])
            paragraphs.append(paragraph)
            length += len(paragraph.split())
        return paragraphs

    def _head(self) -> str:
        place, day = self._story.place.upper(), self._published
        agency = self._chance.choice(
            ["", "", f" ({self._world.pick(self._story.country.outlets)})"]
        )
        if self._chance.random() < 1 / 2:
            return f"{place}, {self._date(day)}{agency} – "
        return f"{place}{agency} – "

    def _paragraph(self, more: list[str]) -> str:
        chance = self._chance
        sentences = []
        for _ in range(chance.choice([1, 1, 1, 2, 2, 3])):
            kind = chance.random()
            forms = next(forms for share, forms in (*_SHARES, (1.0, more)) if kind < share)
            form = self._deal(forms)
            if forms is not PLAIN and form.endswith(".") and chance.random() < LONGER:
                form = form[:-1] + self._deal(TAILS) + "."
            sentences.append(self._sentence(form))
        return " ".join(sentences)

    def _deal(self, forms: list[str]) -> str:
        """A form that this report did not use before, as long as there is one."""
        deck = self._decks.setdefault(id(forms), [])
        if not deck:
            deck.extend(self._chance.sample(forms, len(forms)))
        return deck.pop()

    def _sentence(self, form: str) -> str:
        bound: dict[str, Person] = {}
        text = self._fill(form, bound)
        text = re.sub(r",\s*,", ",", text)
        text = re.sub(r",([.;:])", r"\1", text)
        text = re.sub(r",(”?),", r",\1", text).rstrip(",")
        return text[:1].upper() + text[1:]

    def _fill(self, form: str, bound: dict[str, Person]) -> str:
        while _CHOICE.search(form):
            form = _CHOICE.sub(lambda m: self._chance.choice(m.group(1).split("|")), form)
        return _SLOT.sub(lambda m: self._slot(m.group(1), m.group(2), bound), form)

    def _slot(self, name: str, part: str | None, bound: dict[str, Person]) -> str:
        if part is not None:
            return self._pronoun(_PARTS.get(name, name), part, bound)
        if name in _SOMEBODY or name in self._story.cast:
            return self._name(self._who(name, bound))
        nested = {"quote": QUOTES, "fact": FACTS}.get(name.lower())
        if nested is not None:
            filled = self._fill(self._deal(nested), bound)
            return filled[:1].upper() + filled[1:] if name in {"Quote", "quote"} else filled
        if name == "source":
            return self._fill(self._chance.choice(_SOURCES), bound)
        return self._value(name)

    def _who(self, name: str, bound: dict[str, Person]) -> Person:
        if name not in bound:
            bound[name] = self._story.cast.get(name) or self._somebody(bound)
        return bound[name]

    def _somebody(self, bound: dict[str, Person]) -> Person:
        """One of the story, one of the report, or one of all the others."""
        chance = self._chance
        while True:
            kind = chance.random()
            if kind < 0.4:  # noqa: PLR2004 - a share
                person = chance.choice(list(self._story.cast.values()))
            elif kind < 0.72 and self._others:  # noqa: PLR2004 - a share
                person = chance.choice(self._others)
            else:
                abroad = chance.random() < 0.1  # noqa: PLR2004 - a share
                world, country = self._world, self._story.country
                country = world.pick(world.countries) if abroad else country
                person = world.person(country, chance.choice(list(ROLES)))
                self._others.append(person)
            if person not in bound.values():
                return person

    def _name(self, person: Person) -> str:
        self._last = person
        if person.name in self._named:
            return person.surname if self._chance.random() < 0.85 else person.name  # noqa: PLR2004
        self._named.add(person.name)
        article = "an" if person.office[0] in "aeiou" else "a"
        article = self._chance.choice([article, "the"])
        forms = [
            person.name, person.name, f"{person.title} {person.name}",
            f"{person.name}, {article} {person.office},",
        ]  # fmt: skip
        return self._chance.choice(forms)

    def _pronoun(self, name: str, part: str, bound: dict[str, Person]) -> str:
        lower = part.lower()
        if name in _SOMEBODY and name not in bound and self._last is not None:
            bound[name] = self._last
        word = _PRONOUNS[self._who(name, bound).sex][lower]
        return word if part == lower else word.capitalize()

    def _value(self, name: str) -> str:  # noqa: C901, PLR0911, PLR0912 - a table of slots
        chance, story, world = self._chance, self._story, self._world
        match name:
            case "place":
                return story.place
            case "town" | "town2":
                return world.pick(story.country.towns)
            case "abroad":
                return world.pick(world.countries).name
            case "body":
                return story.body if chance.random() < 1 / 3 else world.pick(story.country.bodies)
            case "front":
                return f"{story.country.name} Liberation Front"
            case "outlet":
                return world.pick(story.country.outlets)
            case "office":
                return world.office(story.country, chance.choice(["state", "body", "arms"]))
            case "toll" | "Toll":
                word = _number(self._toll)
                return word.capitalize() if name == "Toll" else word
            case "more":
                return _number(self._toll + chance.randint(2, 30))
            case "many" | "Many":
                words = f"{chance.choice(['about', 'some', 'more than'])} {story.many:,}"
                return words.capitalize() if name == "Many" else words
            case "fewer":
                return f"{max(50, story.many // chance.randint(2, 6)):,}"
            case "few":
                return _number(chance.randint(2, 9))
            case "n":
                return _number(chance.randint(2, 40))
            case "age":
                return str(chance.randint(19, 84))
            case "percent":
                return (
                    f"{chance.uniform(3, 90):.1f}"
                    if chance.random() < 1 / 2
                    else str(chance.randint(5, 90))
                )
            case "money":
                return chance.choice(["$200", "$4.5 million", "$12,000", "$3 million", "€50,000"])
            case "when":
                return self._when(self._day)
            case "weekday":
                return f"{self._published:%A}"
            case "after":
                return self._when(self._day + dt.timedelta(days=chance.randint(1, 3)))
            case "before":
                return self._date(self._earlier(), year=True)
            case "month":
                return f"{self._earlier():%B %Y}"
            case "year" | "from":
                return str(self._earlier().year)
            case "to":
                return str(self._published.year - chance.randint(0, 2))
            case "crime":
                return story.crime if chance.random() < 1 / 2 else chance.choice(_CRIMES)
            case "topic":
                return story.topic if chance.random() < 1 / 2 else chance.choice(_TOPICS)
            case "noun":
                return chance.choice(["killing", "bombing", "protest", "robbery", "plot"])
        message = f"no such slot: {name}"
        raise KeyError(message)

    def _earlier(self) -> dt.date:
        return self._published - dt.timedelta(days=self._chance.randint(200, 6000))

    def _when(self, day: dt.date) -> str:
        kind = self._chance.random()
        if kind < 0.6:  # noqa: PLR2004 - a share
            return f"{day:%A}"
        return self._date(day, year=kind > 0.8)  # noqa: PLR2004 - a share

    def _date(self, day: dt.date, *, year: bool = True) -> str:
        if self._american:
            return f"{day:%B} {day.day}, {day.year}" if year else f"{day:%B} {day.day}"
        return f"{day.day} {day:%B} {day.year}" if year else f"{day.day} {day:%B}"


def _number(number: int) -> str:
    return _NUMBERS[number] if 0 < number < len(_NUMBERS) else f"{number:,}"


def _length(chance: random.Random) -> int:
    part, rest = divmod(chance.random() * (len(LENGTHS) - 1), 1)
    low, high = LENGTHS[int(part)], LENGTHS[int(part) + 1]
    if int(part) == len(LENGTHS) - 2:
        rest **= 4  # the longest are few: with this the mean is that of the articles
    return round(low + (high - low) * rest)


def reports(seed: int = 1) -> Iterator[str]:
    """The texts of one report after the other, without end; a seed always gives the same ones."""
    chance = random.Random(seed)  # noqa: S311 - synthetic data, no secret
    world = World(chance)
    under_way: list[tuple[Story, int]] = []
    recent: deque[tuple[Story, list[str]]] = deque(maxlen=50)
    while True:
        if recent and chance.random() < COPIES:
            story, before = chance.choice(recent)
            half = before[: max(1, len(before) // 2)]
            words = 2 * sum(len(each.split()) for each in half)
            paragraphs = Report(world, story).text(words, half)
        else:
            if len(under_way) < UNDER_WAY:
                told = min(MOST_TOLD, int(chance.paretovariate(0.8)))
                under_way.append((world.story(), told))
            at = chance.randrange(len(under_way))
            story, left = under_way[at]
            under_way[at : at + 1] = [(story, left - 1)] if left > 1 else []
            paragraphs = Report(world, story).text(_length(chance))
        recent.append((story, paragraphs))
        yield "\n\n".join(paragraphs) + "\n"


def write(folder: Path, number: int, seed: int = 1, *, first: int = 0) -> list[Path]:
    """Write so many reports into a folder, from the first on; the paths of them in order.

    Report 7 is the same whatever the number and the first.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for at, text in enumerate(islice(reports(seed), first, first + number), start=first):
        path = folder / f"report-{at:06}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def main() -> None:
    """Write reports into a folder."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("number", type=int)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(given.folder, given.number, given.seed)


if __name__ == "__main__":
    main()
