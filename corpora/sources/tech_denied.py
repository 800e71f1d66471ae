"""Names that the sources of `tech` have and that no technology is called after: they would make names sound of cars and
shops.

Each must stand in a source (the script stops if one does not), so that the list keeps no dead names.
"""

_BY_REASON = {
    "cars, lorries, motorcycles, machines": """
        acura amg audi bentley bmw bugatti cadillac caterpillar chevrolet chrysler dacia daf ducati ferrari fiat ford
        honda hyundai infiniti iveco jcb jeep kia koenigsegg ktm lada lamborghini mahindra man maserati mazda mclaren
        mini mitsubishi nissan norco opel oshkosh peugeot polestar porsche ram renault scania seat subaru suzuki tata
        tesla toyota vauxhall vespa volkswagen volvo
    """,
    "airlines, aircraft, trains and buses": """
        aeroflot airasia airbus avianca boeing bombardier bvg delta easyjet emirates iberia indigo jet jetblue klm
        lufthansa mta mtr norwegian qantas ryanair saudia smrt sncf tarom virgin
    """,
    "shops": """
        aral argos asda auchan autozone bigbasket boots boulanger carrefour castorama chedraui continente coppel cultura
        darty dunzo edeka farfetch fnac franprix galaxus iceland ikea intermarche kaufland lidl mediamarkt morrisons
        netto newegg picnic rewe rossmann soriana target tesco voelkner zalando zara
    """,
    "clothes, food, hotels, household": """
        adidas anta bata bosch burton craftsman dior hilton jameson jordan kfc marriott maytag nike puma reebok
        starbucks unilever uniqlo
    """,
    # A model would learn stems from them that nobody wants to be shown at work.
    "not for a workplace": "brainfuck onlyfans",
}

DENIED = frozenset(" ".join(_BY_REASON.values()).split())
