#include "resources/demo/tables.h"

namespace strop::demo {

const std::array<NamingTradition, 8> namingTraditions{{
    {{"James", "Oliver", "Harry", "George", "Callum", "Ewan", "Rhys", "Thomas", "Daniel", "Jack", "Ryan",
      "Charlotte", "Samuel", "Lewis", "Connor", "Patrick"},
     {"Smith", "Taylor", "Murphy", "Hughes", "Walker", "Campbell", "Evans", "Bennett", "O’Connor", "Fraser",
      "Clarke", "Wood", "Barker", "Griffiths", "Kelly", "Reid"}},
    {{"Arjun", "Imran", "Rohan", "Vikram", "Hamza", "Bilal", "Sanjay", "Nikhil", "Faisal", "Kiran", "Ravi",
      "Zain", "Priya", "Usman", "Dev", "Tariq"},
     {"Patel", "Khan", "Singh", "Sharma", "Hussain", "Begum", "Chowdhury", "Malik", "Kaur", "Iqbal", "Desai",
      "Gupta", "Ahmed", "Nair", "Mehta", "Siddiqui"}},
    {{"Kwame", "Chidi", "Emeka", "Tunde", "Kojo", "Sekou", "Babajide", "Ama", "Femi", "Ifeanyi", "Yaw",
      "Oluwaseun", "Moussa", "Abena", "Tendai", "Obinna"},
     {"Okafor", "Mensah", "Adeyemi", "Boateng", "Diallo", "Owusu", "Nwosu", "Balogun", "Asante", "Eze",
      "Moyo", "Traoré", "Ogunleye", "Appiah", "Danso", "Onyango"}},
    {{"Piotr", "Krzysztof", "Andrei", "Mateusz", "Ionuț", "Łukasz", "Jakub", "Vlad", "Marek", "Paweł",
      "Zsófia", "Ondřej", "Mihai", "Dawid", "Tomáš", "Gábor"},
     {"Kowalski", "Nowak", "Popescu", "Wiśniewski", "Dvořák", "Ionescu", "Kovács", "Wójcik", "Novák",
      "Dumitru", "Lewandowski", "Szabó", "Kamiński", "Rusu", "Horváth", "Stan"}},
    {{"Mateo", "João", "Luca", "Santiago", "Miguel", "Alessandro", "Rafael", "Inês", "Diego", "Giulia",
      "Andrés", "Tiago", "Lorenzo", "Javier", "Gonçalo", "Pablo"},
     {"García", "Silva", "Rossi", "Fernández", "Ferreira", "Romano", "Muñoz", "Santos", "Ricci", "Herrera",
      "Pereira", "Conti", "Vargas", "Almeida", "Ortiz", "Marino"}},
    {{"Wei", "Jun", "Haoran", "Minh", "Kenji", "Ji-ho", "Zihan", "Mei", "Hiroshi", "Bao", "Min-jun", "Yichen",
      "Takumi", "Linh", "Seo-yeon", "Cheng"},
     {"Chen", "Wong", "Nguyen", "Tanaka", "Kim", "Liu", "Zhang", "Park", "Sato", "Tran", "Huang", "Lee",
      "Suzuki", "Lam", "Choi", "Ng"}},
    {{"Mehmet", "Yusuf", "Omar", "Karim", "Can", "Hassan", "Reza", "Layla", "Burak", "Samir", "Darius",
      "Elif", "Khalid", "Serkan", "Nadia", "Amir"},
     {"Yılmaz", "Haddad", "Kaya", "Rahimi", "Demir", "Mansour", "Şahin", "Hosseini", "Çelik", "Nasser",
      "Aydın", "Karimi", "Öztürk", "Khoury", "Arslan", "Farouk"}},
    {{"Lars", "Anaïs", "Jonas", "Étienne", "Mikkel", "Søren", "Jürgen", "Théo", "Björn", "Aoife", "Nikolaos",
      "Lukas", "Maxime", "Eirik", "Dimitri", "Bram"},
     {"Müller", "Lefèvre", "Jensen", "Dubois", "Andersson", "Schäfer", "Moreau", "Papadopoulos", "De Vries",
      "Hansen", "Weiß", "Nilsson", "Girard", "Van den Berg", "Georgiou", "Ødegaard"}},
}};

const std::array<const char *, 10> customerNotes{
    "Number 2 on the sides, scissors on top.",
    "Skin fade, keeps the fringe long.",
    "Sensitive skin: no alcohol after the shave.",
    "Cowlick at the crown, leave some length there.",
    "Prefers a quiet chair.",
    "Comes with his son every other time.",
    "Beard squared off, cheeks natural.",
    "Likes the matte clay, not the pomade.",
    "Usually a few minutes late.",
    "Allergic to tea tree oil.",
};

} // namespace strop::demo
