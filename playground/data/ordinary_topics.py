"""What ordinary questions are about: rows of (ways to ask, topics), each way goes with each topic of its row."""

_THINGS = (
    "photosynthesis", "gravity", "inflation", "democracy", "a black hole", "evolution", "the water cycle",
    "electricity", "a volcano", "an earthquake", "the immune system", "a galaxy", "climate change", "a vitamin",
    "an atom", "a chemical bond", "the solar system", "a metaphor", "a budget", "a microscope", "sleep",
    "an ecosystem", "a database", "a compiler", "an operating system", "the Internet", "a web browser",
    "a search engine", "machine learning", "a spreadsheet", "an algorithm", "the stock market", "a haiku", "jazz",
    "a habit", "a proverb", "a telescope", "a tax", "a passport", "an encyclopedia",
)  # fmt: skip
_COUNTRIES = (
    "France", "Italy", "Spain", "Germany", "Japan", "China", "Canada", "Brazil", "Egypt", "Kenya", "India", "Mexico",
    "Norway", "Sweden", "Greece", "Portugal", "Poland", "Turkey", "Peru", "Argentina", "Australia", "Ireland",
    "Austria", "Finland",
)  # fmt: skip
_ACTIVITIES = (
    "sleeping better", "learning a language", "saving money", "a healthy breakfast", "a job interview",
    "writing a letter", "growing tomatoes", "staying focused", "packing a suitcase", "public speaking",
    "running a marathon", "painting a room", "studying for an exam", "making new friends", "a safe bicycle ride",
    "taking good photographs", "reading more books", "a picnic", "looking after a cat", "working from home",
)  # fmt: skip
_SUBJECTS = (
    "the sea", "a lost dog", "an old clock", "autumn", "a lighthouse", "two friends", "a small robot", "the moon",
    "a train ride", "a garden", "a rainy day", "a wise owl", "a baker", "the first snow", "a hidden door",
    "a kind dragon",
)  # fmt: skip
_TASKS = (
    "boil an egg", "make tea", "tie a tie", "remove a coffee stain", "change a light bulb", "fold a shirt",
    "plant a tree", "bake bread", "clean a window", "wrap a present", "write a thank-you note", "choose a good book",
    "start a fire safely", "learn to swim", "cook rice", "sharpen a pencil", "water house plants", "fix a flat tyre",
)  # fmt: skip
_PAIRS = (
    "a virus and a bacterium", "weather and climate", "a crocodile and an alligator", "tea and coffee",
    "a novel and a poem", "a city and a town", "speed and velocity", "a fruit and a vegetable",
    "a moth and a butterfly", "RAM and a hard disk", "a comet and an asteroid", "a violin and a cello",
    "salt and sugar", "a lake and a river",
)  # fmt: skip
_PEOPLE = (
    "Albert Einstein", "Marie Curie", "William Shakespeare", "Leonardo da Vinci", "Isaac Newton", "Cleopatra",
    "Mozart", "Ada Lovelace", "Charles Darwin", "Jane Austen", "Nelson Mandela", "Galileo Galilei", "Alan Turing",
    "Vincent van Gogh",
)  # fmt: skip
_PLAIN = (
    "Hello!", "Hi, how are you?", "Who are you?", "What can you do?", "Thank you!", "Good morning.",
    "Can you help me?", "Tell me a joke.", "What is your name?", "How many days are in a week?",
    "What colour is the sky?", "Which is the largest ocean?", "What do bees make?", "How many legs has a spider?",
    "What is the opposite of hot?", "Name three primary colours.", "Which planet is closest to the Sun?",
    "What is the freezing point of water?", "Name four animals that live in the sea.", "List five fruits.",
    "What is a synonym of happy?", "Which season comes after spring?", "What do you like to read?",
)  # fmt: skip

TOPICS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("What is {}?", "Explain {} in two sentences.", "Explain {} to a child."), _THINGS),
    (("What is the capital of {}?", "Tell me one fact about {}."), _COUNTRIES),
    (("Give me three tips for {}.", "What matters most for {}? Answer in one sentence."), _ACTIVITIES),
    (("Write a short poem about {}.", "Write one sentence about {}."), _SUBJECTS),
    (("How do I {}?", "How do I {}? Keep it short."), _TASKS),
    (("What is the difference between {}?",), _PAIRS),
    (("Who was {}?", "Why is {} famous? One sentence, please."), _PEOPLE),
    (("{}",), _PLAIN),
)
