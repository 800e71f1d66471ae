"""The titles of columns in many languages: what a first row is known by."""
# ruff: noqa: SIM905  (words in a text are easier to read and to add to than a list of 300 strings)

# A column so called holds the entries, whatever stands beside it; the first of these in a table is taken.
AFTER_ALL = ("name", "names", "title", "entry", "word", "text", "line", "lyrics", "sentence", "label", "term")

# What names, and the things that have them, are called: in a longer title too (`company_name`, `Full Name`).
WHOLE = frozenset(
    """
    name names title entry word words term label brand brands product products company companies fullname surname
    nachname vorname familienname produkt marke firma wort wörter begriff bezeichnung titel
    nom noms prénom prenom marque produit entreprise société mot mots titre dénomination
    nombre nombres apellido apellidos marca marcas producto empresa palabra palabras título denominación
    nome nomi nomes cognome prodotto azienda parola titolo sobrenome produto palavra denominazione
    naam namen achternaam voornaam merk bedrijf woord
    namn efternamn förnamn märke ord produktnamn navn etternavn fornavn merke varemerke efternavn fornavn mærke
    nimi sukunimi etunimi tuote merkki sana nafn
    nazwa nazwisko imię imie nazwy marka słowo produkt firma název jméno příjmení značka slovo názov meno priezvisko
    név nevek márka termék szó nume prenume marcă produs cuvânt
    имя имена фамилия название наименование марка бренд товар продукт слово компания ім'я імя прізвище назва
    име презиме назив назва марка όνομα ονόματα επώνυμο μάρκα προϊόν λέξη ime prezime naziv
    isim ad adı adi soyad soyadı marka ürün şirket kelime emri emer emër
    שם שמות מותג מוצר מילה اسم الاسم اسماء الأسماء علامة منتج شركة كلمة نام اسامی برند محصول شرکت واژه
    नाम ब्रांड शब्द নাম பெயர் పేరు ಹೆಸರು പേര് નામ ਨਾਮ නම
    名前 名称 氏名 名字 姓名 品牌 商标 商標 产品 產品 公司 名 品名 商品名 単語 ブランド 製品 会社 企業 词 詞
    이름 성명 상표 브랜드 제품 회사 단어 ชื่อ แบรนด์ tên thương_hiệu nama merek produk kata jina
    """.split()
)

# What stands beside names.
OTHERS = frozenset(
    """
    id ids uuid guid key code codes symbol ticker slug url link website homepage email mail e-mail address phone date
    year month day time created updated sex gender country land state region type category kind class status count
    number rank price amount total population description note notes comment language lang iso gtin sku ean isin
    """.split()
)

# A first row with one of these is a head. Some titles are names too (`Ad`, `Brand` …), but hardly the first of a list.
TITLES = (
    frozenset(AFTER_ALL)
    | WHOLE
    | OTHERS
    | frozenset(
        """
        full_name company_name first_name last_name firstname lastname product_name brand_name city stadt ville ciudad
        città miasto город 都市 城市 도시 kaupunki stad by şehir شهر مدينة país pays paese kraj страна 国 国家 국가
        geschlecht sexe sexo anzahl jahr année año anno rok год 年 preis prix precio prezzo
        """.split()
    )
)

# A first line of a plain list that is its head: said of the whole list, and no name of anything.
HEADINGS = frozenset("name names namen noms nombres nomi nomes имена 名前 姓名 이름 שמות اسامی".split())
